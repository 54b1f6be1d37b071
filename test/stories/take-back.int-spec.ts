/** A terminal that is unsure takes the whole sale back: that always succeeds, and what never arrived never will. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CloseBusinessDate } from '../../src/payments/close-business-date.js';
import { brokenProofs, countRows, Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { Answer, Draft, TestTerminal } from '../support/test-terminal.js';

let service: TestService;
let given: Given;
let till: TestTerminal;
let shower: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
  shower = await given.dorm();
});
afterEach(async () => {
  expect(await brokenProofs(service)).toEqual([]);
});
afterAll(() => service.close());

async function sale(cash = 1_000n): Promise<{ student: Student; draft: Draft; answer: Answer }> {
  const student = await given.student(cash);
  const draft = till.draft(student.phone.next(), 400);
  return { student, draft, answer: await till.post(draft) };
}

const outcome = ({ status, body }: Answer): unknown[] => [
  status,
  body.code ?? body['outcome'],
  body['returned'],
];

async function lastEvent(answer: Answer): Promise<Record<string, unknown> | undefined> {
  const { rows } = await service.owner.query<{ event: Record<string, unknown> }>(
    `select payload || jsonb_build_object('type', type) as event from platform.outbox
     where payload->>'payment' = $1 order by id desc limit 1`,
    [answer.body['paymentId']],
  );
  return rows[0]?.event;
}

describe('a reversal', () => {
  it('returns a captured sale to the purses it came from', async () => {
    const student = await given.student(300n);
    await given.fund(student.card, 200n, new Date(service.clock.nowMs() + 86_400_000));
    const draft = till.draft(student.phone.next(), 400);
    const sold = await till.post(draft);
    const answer = await till.reverse(draft.orderNumber);
    expect([answer.signed, ...outcome(answer)]).toEqual(['bound', 200, 'reversed', 400]);
    const { rows } = await service.owner.query(
      'select kind, balance from ledger.account_balance where owner = $1 and guarded order by kind',
      [student.card.toString()],
    );
    expect(rows).toEqual([
      { kind: 'cash', balance: '300' },
      { kind: 'subsidy', balance: '200' },
    ]);
    const found = await till.find(draft.orderNumber);
    expect(found.body).toMatchObject({ verdict: 'approved', state: 'reversed', captured: 400 });
    expect(await lastEvent(sold)).toMatchObject({
      type: 'payment.reversed',
      state: 'reversed',
      amount: 400,
      cardholder: student.cardholder.toString(),
    });
  });

  it('twice, or ten times at once, returns once', async () => {
    const { student, draft } = await sale();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => till.reverse(draft.orderNumber)),
    );
    const outcomes = answers.map(({ body }) => body['outcome']);
    expect(outcomes.filter((each) => each === 'reversed')).toHaveLength(1);
    expect(outcomes.filter((each) => each === 'already_reversed')).toHaveLength(9);
    expect(await student.balance()).toBe(1_000n);
    expect(outcome(await till.reverse(draft.orderNumber))).toEqual([200, 'already_reversed', 400]);
  });

  it('releases what is held, and returns what was captured of it as well', async () => {
    const student = await given.student(1_000n);
    const held = shower.draft(student.phone.next());
    const first = await shower.post(held);
    expect(outcome(await shower.reverse(held.orderNumber))).toEqual([200, 'released', 0]);
    expect(await lastEvent(first)).toMatchObject({ type: 'payment.released', state: 'released' });
    const partly = shower.draft(student.phone.next());
    await shower.post(partly);
    await shower.capture(partly.orderNumber, 100, { final: false });
    await shower.capture(partly.orderNumber, 50, { final: false });
    expect(outcome(await shower.reverse(partly.orderNumber))).toEqual([200, 'reversed', 150]);
    expect(await student.balance()).toBe(1_000n);
    const late = await shower.capture(partly.orderNumber, 1);
    expect([late.status, late.body.code]).toEqual([409, 'not_held']);
  });

  it('of a hold that ended by itself finds it released', async () => {
    const student = await given.student(1_000n);
    const held = shower.draft(student.phone.next());
    await shower.post(held);
    await service.passTime(901);
    await service.runJob('end-expired-holds');
    expect(outcome(await shower.reverse(held.orderNumber))).toEqual([200, 'released', 0]);
    expect(await student.balance()).toBe(1_000n);
    await service.setTime(noon);
  });

  it('of a declined sale needs nothing', async () => {
    const { draft, answer } = await sale(0n);
    expect(answer.body['verdict']).toBe('declined');
    expect(outcome(await till.reverse(draft.orderNumber))).toEqual([200, 'was_declined', 0]);
    expect((await till.post(draft)).text).toBe(answer.text);
  });

  it('leaves the code burnt, and repeats the sale as a reversed one', async () => {
    const { student, draft } = await sale();
    await till.reverse(draft.orderNumber);
    const again = await till.post(draft);
    expect(again.body).toMatchObject({ verdict: 'approved', state: 'reversed' });
    const { code } = (JSON.parse(draft.body) as { instrument: { code: string } }).instrument;
    expect((await till.sell(code, 1)).body['reason']).toBe('code_used');
    expect(await student.balance()).toBe(1_000n);
  });
});

describe('a sale that never arrived', () => {
  it('is barred for ever by its reversal', async () => {
    const student = await given.student(1_000n);
    const draft = till.draft(student.phone.next(), 400);
    expect(outcome(await till.reverse(draft.orderNumber))).toEqual([200, 'never_seen', 0]);
    expect(outcome(await till.reverse(draft.orderNumber))).toEqual([200, 'never_seen', 0]);
    const before = await countRows(service);
    for (const late of [await till.post(draft), await till.find(draft.orderNumber)]) {
      expect([late.status, late.body.code]).toEqual([409, 'order_number_reversed']);
      expect(late.body).toMatchObject({ retryable: false, effect: 'none' });
    }
    expect(await countRows(service)).toEqual(before);
    expect(await student.balance()).toBe(1_000n);
  });

  it('leaves its code good for the next sale', async () => {
    const student = await given.student(1_000n);
    const code = student.phone.next();
    const draft = till.draft(code, 400);
    await till.reverse(draft.orderNumber);
    await till.post(draft);
    expect((await till.sell(code, 400)).body['verdict']).toBe('approved');
  });

  it('finds the reversal that was written while it was being decided', async () => {
    const student = await given.student(1_000n);
    const draft = till.draft(student.phone.next(), 400);
    const reversal = await service.owner.connect();
    await reversal.query('begin');
    await reversal.query(`select payments.reverse($1, $2, 'timeout', '72 hours')`, [
      till.id.toString(),
      draft.orderNumber,
    ]);
    const sold = till.post(draft);
    await blocked();
    await reversal.query('commit');
    reversal.release();
    const answer = await sold;
    expect([answer.status, answer.body.code]).toEqual([409, 'order_number_reversed']);
    expect(await student.balance()).toBe(1_000n);
  });

  it('races its reversal: either it is barred, or it is returned', async () => {
    for (let round = 0; round < 10; round += 1) {
      const student = await given.student(1_000n);
      const draft = till.draft(student.phone.next(), 400);
      const [sold, reversed] = await Promise.all([
        till.post(draft),
        till.reverse(draft.orderNumber),
      ]);
      const story = `${sold.status} ${String(reversed.body['outcome'])}`;
      expect(['409 never_seen', '200 reversed']).toContain(story);
      expect(await student.balance()).toBe(1_000n);
    }
  });
});

/** Resolves when some call waits for another's lock. */
async function blocked(): Promise<void> {
  for (;;) {
    const { rows } = await service.owner.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
  }
}

describe('too late', () => {
  it('is a reversal after 72 hours', async () => {
    const { student, draft } = await sale();
    await service.passTime(72 * 3_600 + 5);
    expect(outcome(await till.reverse(draft.orderNumber))).toEqual([
      409,
      'reversal_too_late',
      undefined,
    ]);
    expect(await student.balance()).toBe(600n);
    await service.setTime(noon);
  });

  it('is a reversal after the business day was closed, and the answer says that the sale stands', async () => {
    await service.setTime('2026-11-25T04:00:00Z');
    const { student, draft } = await sale();
    const { draft: reversed } = await sale();
    await till.reverse(reversed.orderNumber);
    await service.inTransaction((tx) => service.get(CloseBusinessDate).close(tx, '2026-11-25'));
    const answer = await till.reverse(draft.orderNumber);
    expect(outcome(answer)).toEqual([409, 'reversal_too_late', undefined]);
    expect(answer.body).toMatchObject({ effect: 'done', retryable: false });
    expect(outcome(await till.reverse(reversed.orderNumber))[1]).toBe('already_reversed');
    expect(outcome(await till.reverse(till.number()))[1]).toBe('never_seen');
    expect(await student.balance()).toBe(600n);
  });

  it('is not yet a reversal of what was sold after an early close, until the next one', async () => {
    const { draft } = await sale();
    const { draft: second } = await sale();
    expect(outcome(await till.reverse(draft.orderNumber))[1]).toBe('reversed');
    await service.setTime('2026-11-26T04:00:00Z');
    await service.inTransaction((tx) => service.get(CloseBusinessDate).close(tx, '2026-11-26'));
    expect(outcome(await till.reverse(second.orderNumber))[1]).toBe('reversal_too_late');
  });
});
