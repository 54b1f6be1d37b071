/** A dorm device holds money before the water runs, takes what was used, and keeps nothing when it falls silent. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenProofs, countRows, Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let shower: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  shower = await given.dorm();
});
afterEach(async () => {
  await service.runJob('end-expired-holds');
  expect(await brokenProofs(service)).toEqual([]);
  await service.setTime(noon);
});
afterAll(() => service.close());

async function hold(cash = 1_000n): Promise<{ student: Student; order: string }> {
  const student = await given.student(cash);
  const draft = shower.draft(student.phone.next());
  const { body } = await shower.post(draft);
  expect([body['verdict'], body['state'], body['amount']]).toEqual(['approved', 'held', 500]);
  return { student, order: draft.orderNumber };
}

const stateOf = async (order: string): Promise<unknown> => (await shower.find(order)).body['state'];

/** What the outbox tells about a sale, in its order. */
async function told(order: string): Promise<[string, Record<string, unknown>][]> {
  const { body } = await shower.find(order);
  const { rows } = await service.owner.query<{ type: string; payload: Record<string, unknown> }>(
    `select type, payload from platform.outbox where payload->>'payment' = $1 order by id`,
    [body['paymentId']],
  );
  return rows.map(({ type, payload }) => [type, payload]);
}

describe('a hold', () => {
  it('sets the whole hold aside and says until when', async () => {
    const { student, order } = await hold();
    const { body } = await shower.find(order);
    const until = Date.parse(String(body['decidedAt'])) + 900_000;
    expect([Date.parse(String(body['expiresAt'])), body['captured']]).toEqual([until, 0]);
    expect(await student.balance()).toBe(500n);
  });

  it('lets no terminal set its own price', async () => {
    const { phone } = await given.student(1_000n);
    const before = await countRows(service);
    const answer = await shower.sell(phone.next(), 1);
    expect([answer.status, answer.body.code]).toEqual([422, 'amount_not_allowed']);
    expect(await countRows(service)).toEqual(before);
  });
});

describe('a capture', () => {
  it('takes what was used and frees the rest at once', async () => {
    const { student, order } = await hold();
    const answer = await shower.capture(order, 137);
    expect([answer.status, answer.signed]).toEqual([200, 'bound']);
    expect(answer.body).toMatchObject({
      orderNumber: order,
      captured: 137,
      released: 363,
      state: 'captured',
    });
    expect(await student.balance()).toBe(863n);
    expect(await stateOf(order)).toBe('captured');
    expect(
      (await told(order)).map(([type, { amount, released, final, state }]) => ({
        type,
        amount,
        released,
        final,
        state,
      })),
    ).toEqual([
      { type: 'payment.approved', amount: 500, state: 'held' },
      { type: 'payment.captured', amount: 137, released: 363, final: true, state: 'captured' },
    ]);
  });

  it('may come in parts, and nothing is taken beyond the hold', async () => {
    const { student, order } = await hold();
    expect((await shower.capture(order, 200, { final: false })).body).toMatchObject({
      captured: 200,
      released: 0,
      state: 'held',
    });
    const beyond = await shower.capture(order, 301);
    expect([beyond.status, beyond.body.code]).toEqual([409, 'capture_exceeds_hold']);
    expect((await shower.capture(order, 100)).body).toMatchObject({ released: 200 });
    expect(await student.balance()).toBe(700n);
    const late = await shower.capture(order, 1);
    expect([late.status, late.body.code]).toEqual([409, 'not_held']);
  });

  it('of nothing ends the hold without a sale', async () => {
    const { student, order } = await hold();
    expect((await shower.capture(order, 0)).body).toMatchObject({
      captured: 0,
      released: 500,
      state: 'released',
    });
    expect(await student.balance()).toBe(1_000n);
    expect((await told(order)).at(-1)?.[0]).toBe('payment.released');
  });

  it('of nothing that ends nothing is refused', async () => {
    const { order } = await hold();
    const before = await countRows(service);
    const answer = await shower.capture(order, 0, { final: false });
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request']);
    expect(answer.body['errors']).toMatchObject([{ pointer: '/amount' }]);
    expect(await countRows(service)).toEqual(before);
  });

  it.each([
    ['the last', [[137, true]]],
    ['a part', [[137, false]]],
    [
      'the part that used everything up',
      [
        [100, false],
        [400, false],
      ],
    ],
  ] as const)('sent again is answered as before: %s', async (_, parts) => {
    const { student, order } = await hold();
    const sent: { amount: number; final: boolean; captureNumber: string; text: string }[] = [];
    for (const [amount, final] of parts) {
      const captureNumber = shower.number();
      const { text } = await shower.capture(order, amount, { final, captureNumber });
      sent.push({ amount, final, captureNumber, text });
    }
    const balance = await student.balance();
    const before = await countRows(service);
    for (const { amount, text, ...rest } of sent)
      expect((await shower.capture(order, amount, rest)).text).toBe(text);
    const [{ captureNumber } = { captureNumber: '' }] = sent;
    const other = await shower.capture(order, 1, { captureNumber });
    expect([other.status, other.body.code]).toEqual([409, 'capture_number_reused']);
    expect(await countRows(service)).toEqual(before);
    expect(await student.balance()).toBe(balance);
  });

  it('sent ten times at once takes once', async () => {
    const { student, order } = await hold();
    const captureNumber = shower.number();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shower.capture(order, 100, { captureNumber })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await student.balance()).toBe(900n);
  });

  it('of a sale that is none, or was captured at once, is refused', async () => {
    const unknown = await shower.capture(shower.number(), 1);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'order_unknown']);
    const till = await given.canteen();
    const { phone } = await given.student(100n);
    const draft = till.draft(phone.next(), 100);
    await till.post(draft);
    const captured = await till.capture(draft.orderNumber, 1);
    expect([captured.status, captured.body.code]).toEqual([409, 'not_held']);
  });
});

describe('time that runs out', () => {
  it('frees the hold by the clock, before and after anybody swept', async () => {
    const { student, order } = await hold();
    await service.passTime(901);
    expect(await stateOf(order)).toBe('released');
    const late = await shower.capture(order, 1);
    expect([late.status, late.body.code]).toEqual([409, 'hold_expired']);
    await service.runJob('end-expired-holds');
    expect(await student.balance()).toBe(1_000n);
    expect((await shower.capture(order, 1)).body.code).toBe('hold_expired');
    const events = await told(order);
    expect(events.map(([type]) => type)).toEqual(['payment.approved', 'payment.released']);
    expect(events[1]?.[1]).toMatchObject({ released: 500, state: 'released' });
  });

  it('keeps what was captured and frees the rest', async () => {
    const { student, order } = await hold();
    await shower.capture(order, 200, { final: false });
    await service.passTime(901);
    expect(await stateOf(order)).toBe('captured');
    await service.runJob('end-expired-holds');
    expect(await stateOf(order)).toBe('captured');
    expect(await student.balance()).toBe(800n);
  });

  it('makes the money good for the very next sale', async () => {
    const { student } = await hold(500n);
    const till = await given.canteen();
    expect((await till.sell(student.phone.next(), 500)).body['reason']).toBe('insufficient_funds');
    await service.passTime(901);
    expect((await till.sell(student.phone.next(), 500)).body['verdict']).toBe('approved');
  });

  it('gives back what the hold counted towards the limit of the day', async () => {
    const { student, order } = await hold(100_000n);
    const till = await given.canteen();
    const tooMuch = await till.sell(student.phone.next(), 49_501);
    expect(tooMuch.body['reason']).toBe('limit_day');
    await shower.capture(order, 100);
    expect((await till.sell(student.phone.next(), 49_900)).body['verdict']).toBe('approved');
  });
});
