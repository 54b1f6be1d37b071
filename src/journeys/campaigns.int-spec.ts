import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { givenColleague, type Colleague } from '../../test/support/given-office.js';
import { startService, type TestService } from '../../test/support/service.js';
import { OpenPlace } from '../places/open-place.js';
import { RegisterMerchant } from '../places/register-merchant.js';

let service: TestService;
let marketing: Colleague;
let place: string;

beforeAll(async () => {
  service = await startService();
  marketing = await givenColleague(service, 'ma.rketing', ['marketing']);
  const name = { zh: '一食堂', en: 'Canteen 1' };
  const merchant = await service.get(RegisterMerchant).register(name, null);
  const tariff = { type: 'entered', maximum: 5_000n } as const;
  place = String(await service.get(OpenPlace).open({ merchant, name, kind: 'canteen', tariff }));
});
afterAll(() => service.close());

const draft = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: 'Breakfast in November',
  offer: { zh: '早餐立减 3 元', en: '¥3 off breakfast' },
  link: 'https://bank.example/breakfast',
  startsAt: '2026-11-01T00:00:00+08:00',
  endsAt: '2026-12-01T00:00:00+08:00',
  places: [place],
  audience: { op: 'group', in: ['student'] },
  product: 'campus',
  dailyCap: 500,
  ...change,
});

const set = async (change: Record<string, unknown> = {}): Promise<string> =>
  String((await marketing.post('campaigns', draft(change))).body['id']);

describe('a campaign', () => {
  it('is set as a draft and read back as it was set', async () => {
    const { status, body } = await marketing.post('campaigns', draft());
    expect(status).toBe(201);
    expect(body).toEqual({
      ...draft(),
      id: expect.stringMatching(/^\d+$/),
      startsAt: '2026-10-31T16:00:00.000Z',
      endsAt: '2026-11-30T16:00:00.000Z',
      consent: 'not_refused',
      priority: 5,
      status: 'draft',
    });
    expect((await marketing.get(`campaigns/${String(body['id'])}`)).body).toEqual(body);
    expect((await marketing.get('campaigns?limit=1')).body).toMatchObject({ campaigns: [body] });
    expect((await marketing.get(`campaigns/${String(body['id'])}/funnel`)).body).toEqual({
      shown: 0,
      clicked: 0,
      refused: 0,
    });
  });

  it('changes altogether while it is a draft, and hardly once it was live', async () => {
    const id = await set();
    const rewritten = await marketing.patch(`campaigns/${id}`, { link: '/offers', places: null });
    expect(rewritten.body).toMatchObject({ link: '/offers', places: null, dailyCap: 500 });
    expect((await marketing.patch(`campaigns/${id}`, { status: 'live' })).status).toBe(200);
    for (const change of [{ link: '/other' }, { status: 'draft' }]) {
      const refused = await marketing.patch(`campaigns/${id}`, change);
      expect(refused).toMatchObject({ status: 409, body: { code: 'campaign_not_draft' } });
    }
    const stopped = await marketing.patch(`campaigns/${id}`, { status: 'stopped', dailyCap: 7 });
    expect(stopped.body).toMatchObject({ status: 'stopped', dailyCap: 7, link: '/offers' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['audience_invalid', { audience: { op: 'sql', where: 'true' } }],
    ['campaign_link_refused', { link: 'http://bank.example/' }],
    ['campaign_link_refused', { link: '//bank.example/' }],
    ['campaign_window_empty', { endsAt: '2026-11-01T00:00:00+08:00' }],
    ['campaign_place_unknown', { places: ['999999'] }],
    ['credit_to_students', { product: 'credit' }],
    ['credit_to_students', { product: 'credit', audience: { op: 'everyone' } }],
  ])('is refused as %s: %j', async (code, change) => {
    const answer = await marketing.post('campaigns', draft(change));
    expect(answer).toMatchObject({ status: 422, body: { code, effect: 'none' } });
    const id = await set();
    expect((await marketing.patch(`campaigns/${id}`, change)).body).toMatchObject({ code });
  });

  it('about credit may speak to staff', async () => {
    const audience = { op: 'group', in: ['staff'] };
    expect((await marketing.post('campaigns', draft({ product: 'credit', audience }))).status).toBe(
      201,
    );
  });

  it.each<Record<string, unknown>>([
    { name: null },
    { offer: { zh: '早餐' } },
    { offer: { zh: '早餐', en: 'Breakfast', fr: 'Petit déjeuner' } },
    { startsAt: '2026-11-01' },
    { startsAt: '2026-11-01T00:00:00' },
    { places: [] },
    { places: ['1 or 1=1'] },
    { audience: 'everyone' },
    { audience: null },
    { consent: null },
    { consent: 'refused' },
    { product: 'loan' },
    { dailyCap: 0 },
    { dailyCap: 1.5 },
    { priority: 10 },
    { status: null },
    { discount: 3 },
  ])('is malformed with %j', async (change) => {
    expect((await marketing.post('campaigns', draft(change))).status).toBe(400);
    const id = await set();
    expect((await marketing.patch(`campaigns/${id}`, change)).status).toBe(400);
  });

  it('that does not exist is unknown', async () => {
    for (const answer of [
      await marketing.get('campaigns/999999'),
      await marketing.get('campaigns/999999/funnel'),
      await marketing.patch('campaigns/999999', { dailyCap: 1 }),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'campaign_unknown' } });
  });

  it('is set by marketing and read by the auditor, who may not set it', async () => {
    const auditor = await givenColleague(service, 'au.ditor', ['auditor']);
    expect((await auditor.get('campaigns')).status).toBe(200);
    expect((await auditor.post('campaigns', draft())).status).toBe(403);
    const cashier = await givenColleague(service, 'ca.shier', ['cashier-office']);
    expect((await cashier.get('campaigns')).status).toBe(403);
  });
});
