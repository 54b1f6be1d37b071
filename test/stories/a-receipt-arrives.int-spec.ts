/** After the payment: a receipt in the inbox and on the phone, a page with one offer at most, and a refusal that is final. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { receiptTemplateId } from '../../local/fakes/wechat/defaults.js';
import { startFakeWechat, type FakeWechat } from '../../local/fakes/wechat/start-fake-wechat.js';
import { BindWechat } from '../../src/cardholders/bind-wechat.js';
import { FindCampaigns } from '../../src/journeys/find-campaigns.js';
import { SetCampaign, type CampaignTerms } from '../../src/journeys/set-campaign.js';
import { Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

type Page = {
  status: number;
  body: Record<string, unknown> & { offer?: { url: string; text: { zh: string } } | null };
};

let fake: FakeWechat;
let service: TestService;
let given: Given;
let till: TestTerminal;
let campaigns = 0;

beforeAll(async () => {
  fake = await startFakeWechat({ settings: { latencyMs: 0 }, retryDelayMs: 0 });
  service = await startService({ env: { WECHAT_API_URL: fake.url } });
  given = new Given(service);
  till = await given.canteen();
});
afterAll(async () => {
  await fake.close();
  await service.close();
});

const lever = (name: string, body: unknown): Promise<unknown> =>
  fetch(`${fake.url}/__fake/${name}`, { method: 'POST', body: JSON.stringify(body) });

/** Sells, lets everything happen that follows, and reads what the newest message links to. */
async function receiptOf(student: Student, amount = 1_250): Promise<string> {
  expect((await till.sell(student.phone.next(), amount)).body['verdict']).toBe('approved');
  await service.relayAll();
  return linkOf(student);
}

async function inbox(student: Student): Promise<Record<string, string>[]> {
  const answer = await fetch(`${service.url}/v1/me/inbox`, {
    headers: { authorization: `Bearer ${student.phone.signInToken}` },
  });
  return ((await answer.json()) as { messages: Record<string, string>[] }).messages;
}

const linkOf = async (student: Student): Promise<string> =>
  String((await inbox(student))[0]?.['link']);

async function open(link: string, as = 'a browser'): Promise<Page> {
  const address = `${service.url}/v1/receipts/${link.replace('/r/', '')}`;
  const answer = await fetch(address, { headers: { 'user-agent': as } });
  return { status: answer.status, body: (await answer.json()) as Page['body'] };
}

async function campaign(change: Partial<CampaignTerms> = {}): Promise<bigint> {
  campaigns += 1;
  await service.owner.query(`update journeys.campaign set status = 'stopped'`);
  const { id } = await service.get(SetCampaign).create(
    {
      name: `Campaign ${campaigns}`,
      offer: { zh: `优惠 ${campaigns}`, en: `Offer ${campaigns}` },
      link: '/offers/breakfast',
      startsAt: new Date(Date.parse(noon) - 3_600_000),
      endsAt: new Date(Date.parse(noon) + 86_400_000),
      places: null,
      audience: { op: 'everyone' },
      consent: 'not_refused',
      product: 'campus',
      dailyCap: 100,
      priority: 5,
      status: 'live',
      ...change,
    },
    1n,
  );
  return id;
}

const touchOf = async (student: Student): Promise<unknown> =>
  (
    await service.owner.query<{ skipped: string }>(
      'select skipped from journeys.touch where cardholder = $1 order by id desc limit 1',
      [student.cardholder.toString()],
    )
  ).rows[0]?.skipped;

describe('a receipt', () => {
  it('is in the inbox with what, where and which, once', async () => {
    const student = await given.student(2_000n);
    const link = await receiptOf(student);
    expect(await inbox(student)).toEqual([
      expect.objectContaining({
        kind: 'receipt',
        title: { zh: '消费 ¥12.50', en: 'Paid ¥12.50' },
        body: { zh: expect.stringMatching(/^Place 1 · C1-\d{4}$/), en: expect.any(String) },
        link,
      }),
    ]);
    expect(link).toMatch(/^\/r\/[\w-]{22}$/);
    await service.owner.query(
      `update platform.outbox_cursor set era = 0, xid = '0', id = 0 where consumer = 'receipts'`,
    );
    await service.relayAll();
    expect(await inbox(student)).toHaveLength(1);
  });

  it('opens to what it says and to nothing else about the student', async () => {
    const link = await receiptOf(await given.student(2_000n));
    expect(await open(link)).toEqual({
      status: 200,
      body: {
        amount: 1_250,
        returned: 0,
        place: { zh: 'Place 1', en: 'Place 1' },
        shortNumber: expect.stringMatching(/^C1-/),
        state: 'paid',
        paidAt: expect.stringMatching(/^2026-11-22T04:/),
        maskedName: '张*',
        offer: null,
        marketing: 'unanswered',
      },
    });
    const guessed = await open('/r/0123456789012345678901');
    expect(guessed).toMatchObject({ status: 404, body: { code: 'receipt_unknown' } });
  });

  it('counts whoever opens it once', async () => {
    const link = await receiptOf(await given.student(2_000n));
    for (const visitor of ['a', 'a', 'b']) await open(link, visitor);
    const { rows } = await service.owner.query(
      `select opens from messages.landing l join receipts.receipt r on r.payment = l.subject
       where l.kind = 'receipt' and r.token = $1 order by opens`,
      [link.replace('/r/', '')],
    );
    expect(rows).toEqual([{ opens: 1 }, { opens: 2 }]);
  });

  it('reaches the phone that allows it, as its template wants it', async () => {
    const student = await given.student(2_000n);
    const openid = `oReceipt${student.cardholder}`;
    await service.inTransaction((tx) =>
      service.get(BindWechat).bind(tx, student.cardholder, { openid }),
    );
    await lever('tap', { openid, templates: [receiptTemplateId], choice: 'accept' });
    await fetch(`${service.url}/v1/me/wechat-subscriptions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${student.phone.signInToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        tap: '0198f4a0-0000-7000-8000-000000000001',
        choices: [{ template: receiptTemplateId, choice: 'accept' }],
      }),
    });
    const link = await receiptOf(student);
    await service.runJob('deliver-messages');
    expect(fake.books.messagesTo(openid)).toEqual([
      expect.objectContaining({
        page: `pages/receipt/index?t=${link.replace('/r/', '')}`,
        data: expect.objectContaining({ amount1: '¥12.50', thing2: 'Place 1' }),
      }),
    ]);
  });

  it('of a device comes when the amount is final', async () => {
    const dorm = await given.dorm();
    const student = await given.student(2_000n);
    const draft = dorm.draft(student.phone.next());
    await dorm.post(draft);
    await service.relayAll();
    expect(await inbox(student)).toEqual([]);
    await dorm.capture(draft.orderNumber, 137);
    await service.relayAll();
    expect(await open(await linkOf(student))).toMatchObject({ body: { amount: 137 } });
  });

  it('says that the money came back', async () => {
    await campaign();
    const student = await given.student(2_000n);
    const draft = till.draft(student.phone.next(), 900);
    await till.post(draft);
    await service.relayAll();
    await till.reverse(draft.orderNumber);
    await service.relayAll();
    const [newest, first] = await inbox(student);
    expect(newest).toMatchObject({ kind: 'reversal', title: { zh: '已退回 ¥9.00' } });
    expect(newest?.['link']).toBe(first?.['link']);
    const page = await open(String(newest?.['link']));
    expect(page.body).toMatchObject({ state: 'reversed', returned: 900, offer: null });
  });

  it('is written, and the payment made, when WeChat is away', async () => {
    await lever('faults', { dropBefore: 1 });
    const student = await given.student(2_000n);
    await receiptOf(student);
    await service.runJob('deliver-messages');
    expect(await inbox(student)).toHaveLength(1);
    await lever('faults', {});
  });
});

describe('the offer on a receipt', () => {
  it('is decided once, followed by a counted click, and seen in the funnel', async () => {
    const id = await campaign({ audience: { op: 'group', in: ['student'] } });
    const link = await receiptOf(await given.student(2_000n));
    const { body } = await open(link);
    expect(body.offer).toEqual({
      text: { zh: `优惠 ${campaigns}`, en: `Offer ${campaigns}` },
      url: expect.stringMatching(/^\/o\/[\w-]{22}$/),
    });
    expect((await open(link)).body.offer).toEqual(body.offer);
    const click = (): Promise<Response> =>
      fetch(service.url + body.offer?.url, { redirect: 'manual' });
    await click();
    const answer = await click();
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/offers/breakfast']);
    expect(await service.get(FindCampaigns).funnelOf(id)).toEqual({
      shown: 1,
      clicked: 1,
      refused: 0,
    });
    const unknown = await fetch(`${service.url}/o/0123456789012345678901`);
    expect(await unknown.json()).toMatchObject({ code: 'offer_unknown' });
  });

  it('disappears for good when it is refused on the page', async () => {
    const id = await campaign();
    const student = await given.student(5_000n);
    const link = await receiptOf(student);
    expect((await open(link)).body.offer).not.toBeNull();
    const refusal = await fetch(`${service.url}/v1/receipts/${link.slice(3)}/marketing-refusal`, {
      method: 'POST',
    });
    expect(refusal.status).toBe(204);
    expect((await open(link)).body).toMatchObject({ offer: null, marketing: 'refused' });
    expect((await open(await receiptOf(student))).body.offer).toBeNull();
    expect(await touchOf(student)).toBe('refused');
    expect(await service.get(FindCampaigns).funnelOf(id)).toMatchObject({ shown: 1, refused: 1 });
  });

  it('is one a day for a student, also when two receipts are opened at once', async () => {
    await campaign();
    const student = await given.student(5_000n);
    const links = [await receiptOf(student), await receiptOf(student)];
    const pages = await Promise.all(links.map((link) => open(link)));
    expect(pages.filter(({ body }) => body.offer !== null)).toHaveLength(1);
    expect(await touchOf(student)).toBe('student_cap');
  });

  it('is shown as often as its daily cap says, also to many at once, and again tomorrow', async () => {
    await campaign({ dailyCap: 3 });
    const links: string[] = [];
    for (let n = 0; n < 6; n += 1) links.push(await receiptOf(await given.student(2_000n)));
    const pages = await Promise.all(links.map((link) => open(link)));
    expect(pages.filter(({ body }) => body.offer !== null)).toHaveLength(3);
    await service.passTime(13 * 3_600);
    expect((await open(await receiptOf(await given.student(2_000n)))).body.offer).not.toBeNull();
    await service.setTime(noon);
  });

  it.each<[string, Partial<CampaignTerms>]>([
    ['no_campaign', { startsAt: new Date(Date.parse(noon) + 3_600_000) }],
    ['no_campaign', { status: 'draft' }],
    ['no_match', { audience: { op: 'group', in: ['staff'] } }],
    ['no_match', { audience: { op: 'not', rule: { op: 'place_kind', in: ['canteen'] } } }],
    ['no_match', { audience: { op: 'spent', atLeast: 1_251, days: 7 } }],
    ['no_match', { audience: { op: 'payments', atLeast: 2, days: 7 } }],
    ['no_consent', { consent: 'granted' }],
  ])('is kept away with the reason %s by %j', async (reason, change) => {
    await campaign(change);
    const student = await given.student(2_000n);
    expect((await open(await receiptOf(student))).body.offer).toBeNull();
    expect(await touchOf(student)).toBe(reason);
  });

  it.each<CampaignTerms['audience']>([
    { op: 'spent', atLeast: 1_250, days: 7 },
    { op: 'payments', atLeast: 1, days: 1 },
    {
      op: 'any',
      rules: [
        { op: 'group', in: ['staff'] },
        {
          op: 'all',
          rules: [
            { op: 'place_kind', in: ['canteen'] },
            { op: 'group', in: ['student'] },
          ],
        },
      ],
    },
  ])('is shown to whom %j means', async (audience) => {
    await campaign({ audience });
    expect((await open(await receiptOf(await given.student(2_000n)))).body.offer).not.toBeNull();
  });

  it('is of the more important campaign', async () => {
    const first = await campaign({ priority: 4 });
    await campaign({ priority: 6 });
    await service.owner.query(`update journeys.campaign set status = 'live' where id = $1`, [
      first.toString(),
    ]);
    const { body } = await open(await receiptOf(await given.student(2_000n)));
    expect(body.offer?.text.zh).toBe(`优惠 ${campaigns}`);
  });

  it('leaves the receipt alone when a campaign is broken', async () => {
    const id = await campaign();
    await service.owner.query(
      `update journeys.campaign set audience = '{"op":"sql"}' where id = $1`,
      [id.toString()],
    );
    const page = await open(await receiptOf(await given.student(2_000n)));
    expect(page).toMatchObject({ status: 200, body: { amount: 1_250, offer: null } });
    await service.owner.query('alter table journeys.touch rename to touch_away');
    const worse = await open(await receiptOf(await given.student(2_000n)));
    expect(worse).toMatchObject({ status: 200, body: { amount: 1_250, offer: null } });
    await service.owner.query('alter table journeys.touch_away rename to touch');
  });

  it('is never credit for a student, even when a rule was changed behind the office’s back', async () => {
    const id = await campaign({ product: 'credit', audience: { op: 'group', in: ['staff'] } });
    await service.owner.query(
      `update journeys.campaign set audience = '{"op":"everyone"}' where id = $1`,
      [id.toString()],
    );
    expect((await open(await receiptOf(await given.student(2_000n)))).body.offer).toBeNull();
  });
});
