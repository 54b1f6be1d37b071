import type { Audience } from './audience.js';

export const products = ['campus', 'payment', 'savings', 'insurance', 'credit'] as const;
export const statuses = ['draft', 'live', 'stopped'] as const;
export const consents = ['not_refused', 'granted'] as const;

/** What staff set. An offer is shown in the slot of a receipt's page and nowhere else. */
export type CampaignTerms = {
  readonly name: string;
  readonly offer: { readonly zh: string; readonly en: string };
  /** An https address, or a path of this service. */
  readonly link: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Null: everywhere. */
  readonly places: readonly bigint[] | null;
  readonly audience: Audience;
  /** `not_refused`: also to who has said nothing yet. */
  readonly consent: (typeof consents)[number];
  /** What it is about; credit is never offered to students. */
  readonly product: (typeof products)[number];
  /** How often it is shown on one campus day. */
  readonly dailyCap: number;
  /** 9 goes before 1. */
  readonly priority: number;
  readonly status: (typeof statuses)[number];
};

export type Campaign = CampaignTerms & { readonly id: bigint };

/** What may still change after a campaign was live. */
export const changeableLive: readonly (keyof CampaignTerms)[] = [
  'status',
  'endsAt',
  'dailyCap',
  'priority',
];

/** No other scheme, no address that a browser reads as another host's, no password in it. */
export function isAllowedLink(link: string): boolean {
  if (/[\s\\\p{Cc}]/u.test(link)) return false;
  if (link.startsWith('/')) return !link.startsWith('//');
  if (!link.startsWith('https://') || !URL.canParse(link)) return false;
  const { protocol, username, password } = new URL(link);
  return protocol === 'https:' && username === '' && password === '';
}
