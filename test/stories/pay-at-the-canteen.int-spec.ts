/** A student shows a code, a terminal sends it, and one order number gets one verdict for ever. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FreezeCard } from '../../src/cards/freeze-card.js';
import { FindPlaces } from '../../src/places/find-places.js';
import { brokenProofs, countRows, entered, Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { Answer, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let gym: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
  gym = await given.gym();
});
afterEach(async () => {
  expect(await brokenProofs(service)).toEqual([]);
});
afterAll(() => service.close());

const countPayments = async (student: Student): Promise<Record<string, number>> => {
  const { rows } = await service.owner.query<{ verdict: string; n: number }>(
    'select verdict, count(*)::int as n from payments.payment where card = $1 group by verdict',
    [student.card.toString()],
  );
  return Object.fromEntries(rows.map(({ verdict, n }) => [verdict, n]));
};

const reasonOf = ({ status, body, text }: Answer): unknown => {
  if (status !== 200) throw new Error(text);
  return body['reason'] ?? body['verdict'];
};

describe('a sale', () => {
  it('is approved with all that the terminal shows, in a bound and signed answer', async () => {
    const student = await given.student(2_000n);
    const draft = till.draft(student.phone.next(), 1_250);
    const answer = await till.post(draft);
    expect([answer.status, answer.signed]).toEqual([200, 'bound']);
    expect(answer.contentType).toMatch('application/json');
    expect(answer.body).toEqual({
      paymentId: expect.stringMatching(/^\d+$/),
      orderNumber: draft.orderNumber,
      shortNumber: expect.stringMatching(/^C1-\d{4}$/),
      verdict: 'approved',
      reason: null,
      message: { zh: expect.any(String), en: expect.any(String) },
      amount: 1_250,
      captured: 1_250,
      state: 'captured',
      cardholder: { maskedName: '张*' },
      expiresAt: null,
      decidedAt: expect.stringMatching(/^2026-11-22T04:.*Z$/),
      businessDate: '2026-11-22',
    });
    expect(await student.balance()).toBe(750n);
  });

  it('tells the outbox once who paid what to whom', async () => {
    const student = await given.student(500n);
    const { body } = await till.sell(student.phone.next(), 500);
    const { rows } = await service.owner.query<{ type: string; payload: Record<string, unknown> }>(
      `select type, payload from platform.outbox where payload->>'payment' = $1`,
      [body['paymentId']],
    );
    expect(rows).toEqual([
      {
        type: 'payment.approved',
        payload: expect.objectContaining({
          cardholder: student.cardholder.toString(),
          card: student.card.toString(),
          amount: 500,
          state: 'captured',
          entry: expect.stringMatching(/^\d+$/),
          shortNumber: body['shortNumber'],
        }),
      },
    ]);
  });

  it('draws the subsidy that ends first, then the other, then cash', async () => {
    const student = await given.student(1_000n);
    const soon = new Date(service.clock.nowMs() + 3_600_000);
    const later = new Date(service.clock.nowMs() + 86_400_000);
    await given.fund(student.card, 200n, later);
    await given.fund(student.card, 300n, soon);
    expect(reasonOf(await till.sell(student.phone.next(), 600))).toBe('approved');
    const { rows } = await service.owner.query<{ kind: string; balance: string }>(
      'select kind, balance from ledger.account_balance where owner = $1 and guarded order by kind, usable_until',
      [student.card.toString()],
    );
    expect(rows).toEqual([
      { kind: 'cash', balance: '900' },
      { kind: 'subsidy', balance: '0' },
      { kind: 'subsidy', balance: '0' },
    ]);
  });

  it('takes no subsidy at the gym, where the place decides the price', async () => {
    const student = await given.student(299n);
    await given.fund(student.card, 1_000n, new Date(service.clock.nowMs() + 86_400_000));
    expect(reasonOf(await gym.sell(student.phone.next()))).toBe('insufficient_funds');
    await given.fund(student.card, 1n);
    const { body } = await gym.sell(student.phone.next());
    expect([body['verdict'], body['amount']]).toEqual(['approved', 300]);
  });
});

describe('a declined sale', () => {
  it.each<[string, (student: Student) => Promise<Answer>]>([
    ['code_invalid', ({ phone }) => till.sell(phone.codeOf(-2), 100)],
    ['code_invalid', ({ phone }) => till.sell(phone.codeOf(2), 100)],
    [
      'code_used',
      async ({ phone }) => {
        const code = phone.next();
        expect(reasonOf(await till.sell(code, 100))).toBe('approved');
        return gym.sell(code);
      },
    ],
    [
      'card_frozen',
      async ({ phone, card, cardholder }) => {
        await service.get(FreezeCard).freeze(card, { kind: 'cardholder', id: cardholder });
        return till.sell(phone.next(), 100);
      },
    ],
    ['insufficient_funds', ({ phone }) => till.sell(phone.next(), 1_001)],
    [
      'credential_expired',
      async ({ phone, card }) => {
        await service.owner.query(
          'update payment_codes.credential set usable_until = platform.now() where card = $1',
          [card.toString()],
        );
        return till.sell(phone.next(), 100);
      },
    ],
  ])('says %s, charges nothing, and is kept', async (reason, sell) => {
    const student = await given.student(1_000n);
    const before = await student.balance();
    const { status, body, signed } = await sell(student);
    expect([status, signed, body['verdict'], body['reason']]).toEqual([
      200,
      'bound',
      'declined',
      reason,
    ]);
    expect(body).toMatchObject({ state: 'declined', captured: 0, paymentId: expect.any(String) });
    expect((body['message'] as { zh: string }).zh).toMatch(/[一-龥]/);
    expect(await student.balance()).toBe(before - (reason === 'code_used' ? 100n : 0n));
  });

  it('says credential_closed to the phone before, when another was bound', async () => {
    const student = await given.student(1_000n);
    const second = await student.bindAnotherPhone();
    expect(reasonOf(await till.sell(student.phone.next(), 100))).toBe('credential_closed');
    expect(reasonOf(await till.sell(second.next(), 100))).toBe('approved');
    // The index has read of both by now.
    expect(reasonOf(await till.sell(student.phone.next(), 100))).toBe('credential_closed');
  });

  it('burns its code: what was declined for want of money pays nothing after a top-up', async () => {
    const student = await given.student(0n);
    const code = student.phone.next();
    expect(reasonOf(await till.sell(code, 100))).toBe('insufficient_funds');
    await given.fund(student.card, 100n);
    expect(reasonOf(await till.sell(code, 100))).toBe('code_used');
    expect(reasonOf(await till.sell(student.phone.next(), 100))).toBe('approved');
  });

  it('may be unfrozen and paid with the next code', async () => {
    const student = await given.student(100n);
    const by = { kind: 'cardholder', id: student.cardholder } as const;
    await service.get(FreezeCard).freeze(student.card, by);
    expect(reasonOf(await till.sell(student.phone.next(), 100))).toBe('card_frozen');
    await service.get(FreezeCard).unfreeze(student.card, by);
    expect(reasonOf(await till.sell(student.phone.next(), 100))).toBe('approved');
  });
});

describe('a code', () => {
  afterEach(() => service.setTime(noon));

  it('shown a second before its change still pays after it, and a step later no more', async () => {
    const student = await given.student(1_000n);
    await service.setTime('2026-11-22T04:00:29.000Z');
    const [first, second] = [student.phone.codeOf(0, 0), student.phone.codeOf(0, 1)];
    await service.setTime('2026-11-22T04:00:31.000Z');
    expect(reasonOf(await till.sell(first, 100))).toBe('approved');
    await service.setTime('2026-11-22T04:01:00.500Z');
    expect(reasonOf(await till.sell(second, 100))).toBe('code_invalid');
  });

  it('of a phone that runs half a minute ahead pays, a minute ahead does not', async () => {
    const { phone } = await given.student(1_000n);
    expect(reasonOf(await till.sell(phone.codeOf(2), 100))).toBe('code_invalid');
    expect(reasonOf(await till.sell(phone.codeOf(1), 100))).toBe('approved');
  });

  it('kills every older one when it is used', async () => {
    const { phone } = await given.student(1_000n);
    const [older, newer] = [phone.next(), phone.next()];
    expect(reasonOf(await till.sell(newer, 100))).toBe('approved');
    expect(reasonOf(await till.sell(older, 100))).toBe('code_used');
  });

  it('used twenty times at once pays once', async () => {
    const student = await given.student(10_000n);
    const code = student.phone.next();
    const tills = [till, gym];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        i % 2 === 0 ? till.sell(code, 100) : (tills[1] ?? gym).sell(code),
      ),
    );
    const reasons = answers.map(reasonOf);
    expect(reasons.filter((reason) => reason === 'approved')).toHaveLength(1);
    expect(reasons.filter((reason) => reason === 'code_used')).toHaveLength(19);
    expect(await countPayments(student)).toEqual({ approved: 1, declined: 19 });
  });
});

describe('an order number', () => {
  it('gets the same answer again, byte for byte, under a fresh signature', async () => {
    const student = await given.student(1_000n);
    const draft = till.draft(student.phone.next(), 400);
    const first = await till.post(draft);
    const again = await till.post(draft);
    expect([again.status, again.signed, again.text]).toEqual([200, 'bound', first.text]);
    expect(await student.balance()).toBe(600n);
  });

  it('keeps its decline, even when there is money by now', async () => {
    const student = await given.student(0n);
    const draft = till.draft(student.phone.next(), 400);
    const first = await till.post(draft);
    await given.fund(student.card, 1_000n);
    expect((await till.post(draft)).text).toBe(first.text);
    expect(await student.balance()).toBe(1_000n);
  });

  it('keeps its verdict when its code is long dead and its place was closed', async () => {
    const shop = await given.canteen();
    const student = await given.student(1_000n);
    const draft = shop.draft(student.phone.next(), 400);
    const first = await shop.post(draft);
    await service.owner.query(
      'update places.place set open = false where id = (select place from terminals.terminal where id = $1)',
      [shop.id.toString()],
    );
    await service.get(FindPlaces).all();
    await service.passTime(600);
    expect((await shop.post(draft)).text).toBe(first.text);
    const changed = draft.body.replace('"amount":400', '"amount":99999');
    expect(await shop.post({ body: changed })).toMatchObject({
      status: 409,
      body: { code: 'order_number_reused' },
    });
    const refused = await shop.sell(student.phone.next(), 400);
    expect(refused).toMatchObject({ status: 409, body: { code: 'place_closed' } });
  });

  it('refuses other bytes, were it only a space, and does nothing', async () => {
    const { phone } = await given.student(1_000n);
    const draft = till.draft(phone.next(), 400);
    await till.post(draft);
    const before = await countRows(service);
    for (const body of [
      draft.body.replace('"amount":400', '"amount":401'),
      draft.body.replace('{', '{ '),
      JSON.stringify({
        ...JSON.parse(draft.body),
        instrument: { type: 'code', code: phone.next() },
      }),
    ]) {
      const answer = await till.post({ body });
      expect([answer.status, answer.body.code]).toEqual([409, 'order_number_reused']);
      expect(answer.body).toMatchObject({ retryable: false, effect: 'none' });
    }
    expect(await countRows(service)).toEqual(before);
  });

  it('belongs to its terminal: another may use the same one', async () => {
    const { phone } = await given.student(1_000n);
    const other = await given.canteen();
    const draft = till.draft(phone.next(), 100);
    await till.post(draft);
    const changed = { ...JSON.parse(draft.body), instrument: { type: 'code', code: phone.next() } };
    expect(reasonOf(await other.post({ body: JSON.stringify(changed) }))).toBe('approved');
  });

  it('sent fifty times at once posts once and answers all alike', async () => {
    const student = await given.student(10_000n);
    const draft = till.draft(student.phone.next(), 100);
    const answers = await Promise.all(Array.from({ length: 50 }, () => till.post(draft)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.every(({ status, signed }) => status === 200 && signed === 'bound')).toBe(true);
    expect(await student.balance()).toBe(9_900n);
    expect(await countPayments(student)).toEqual({ approved: 1 });
  });

  it('can be asked for, and an unknown one is none', async () => {
    const { phone } = await given.student(1_000n);
    const draft = till.draft(phone.next(), 100);
    const sold = await till.post(draft);
    expect(await till.find(draft.orderNumber)).toMatchObject({ status: 200, text: sold.text });
    const unknown = await till.find(till.number());
    expect(unknown).toMatchObject({
      status: 404,
      signed: 'bound',
      body: { code: 'order_unknown' },
    });
    expect(await gym.find(draft.orderNumber)).toMatchObject({ status: 404 });
  });
});

describe('money for one', () => {
  it('pays one of two terminals that scan in the same millisecond', async () => {
    const other = await given.canteen();
    for (let round = 0; round < 5; round += 1) {
      const student = await given.student(100n);
      const [one, two] = [student.phone.next(), student.phone.next()];
      const reasons = (await Promise.all([till.sell(one, 100), other.sell(two, 100)])).map(
        reasonOf,
      );
      // The second may also find that the newer code has killed its own.
      expect(reasons.filter((reason) => reason === 'approved')).toHaveLength(1);
      expect(reasons.filter((r) => r === 'insufficient_funds' || r === 'code_used')).toHaveLength(
        1,
      );
      expect(await student.balance()).toBe(0n);
    }
  });
});

describe("a day's limit", () => {
  const limit = 50_000;
  afterEach(() => service.setTime(noon));

  it('ends at midnight on campus, wherever the server stands', async () => {
    const student = await given.student(200_000n);
    await service.setTime('2026-11-22T15:59:45Z');
    const { body } = await till.sell(student.phone.next(), limit);
    expect([body['verdict'], body['businessDate']]).toEqual(['approved', '2026-11-22']);
    expect(reasonOf(await till.sell(student.phone.next(), 1))).toBe('limit_day');
    await service.setTime('2026-11-22T16:00:00Z');
    const next = await till.sell(student.phone.next(), limit);
    expect([next.body['verdict'], next.body['businessDate']]).toEqual(['approved', '2026-11-23']);
    expect(reasonOf(await till.sell(student.phone.next(), 1))).toBe('limit_day');
  });

  it('is given back by a reversal', async () => {
    const student = await given.student(200_000n);
    const draft = till.draft(student.phone.next(), limit);
    await till.post(draft);
    expect(reasonOf(await till.sell(student.phone.next(), 1))).toBe('limit_day');
    await till.reverse(draft.orderNumber);
    expect(reasonOf(await till.sell(student.phone.next(), limit))).toBe('approved');
  });

  it('holds when eight sales race for it', async () => {
    const shop = await given.terminal('canteen', entered);
    const student = await given.student(200_000n);
    const slots = [0, 1, 2, 3];
    const codes = [0, 1].flatMap((step) => slots.map((slot) => student.phone.codeOf(step, slot)));
    const answers = await Promise.all(codes.map((code) => shop.sell(code, 12_500)));
    const approved = answers.filter(({ body }) => body['verdict'] === 'approved');
    expect(approved.length).toBeLessThanOrEqual(4);
    expect(await student.balance()).toBe(200_000n - 12_500n * BigInt(approved.length));
  });
});
