import type { CampaignTerms } from '../../src/journeys/set-campaign.js';

const days = 120;

/** What the bank says on a canteen receipt: something useful, and nothing about credit. */
export const demoCampaign = (now: Date): CampaignTerms => ({
  name: '食堂满意度',
  offer: {
    zh: '说说今天的饭菜：三个问题，帮食堂做得更好',
    en: 'Three questions about today’s meal, to make the canteen better',
  },
  link: '/?from=receipt',
  startsAt: now,
  endsAt: new Date(now.getTime() + days * 86_400_000),
  places: null,
  audience: {
    op: 'all',
    rules: [
      { op: 'group', in: ['student'] },
      { op: 'place_kind', in: ['canteen'] },
    ],
  },
  consent: 'not_refused',
  product: 'campus',
  dailyCap: 2_000,
  priority: 5,
  status: 'live',
});
