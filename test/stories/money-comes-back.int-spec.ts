/** Somebody was charged too much: the office gives money back, by two people, to the very purses that paid. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { FindPayments } from '../../src/payments/find-payments.js';
import type { Answer as Answered } from '../support/ask.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { brokenProofs, Given, metered, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

const lookMs = 10;

let service: TestService;
let given: Given;
let till: TestTerminal;
let meter: TestTerminal;
let wang: Colleague;
let li: Colleague;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
  meter = await given.terminal('canteen', metered);
  wang = await givenColleague(service, 'wang.li', ['cashier-office']);
  li = await givenColleague(service, 'li.na', ['cashier-office']);
}, 60_000);
afterEach(async () => {
  expect(await brokenProofs(service)).toEqual([]);
});
afterAll(() => service.close());

const number = (): string => till.number();

type Sold = { student: Student; payment: string; orderNumber: string };

/** A sale that takes the subsidy first and the rest from cash. */
async function sold(amount: number, cash = 1_000n, subsidy = 0n): Promise<Sold> {
  const student = await given.student(cash);
  const end = new Date(service.clock.nowMs() + 86_400_000);
  if (subsidy > 0n) await given.fund(student.card, subsidy, end);
  const draft = till.draft(student.phone.next(), amount);
  const { body } = await till.post(draft);
  expect(body['verdict']).toBe('approved');
  return { student, payment: String(body['paymentId']), orderNumber: draft.orderNumber };
}

const propose = (
  { payment: paymentId }: Pick<Sold, 'payment'>,
  amount: number,
  refundNumber = number(),
  by = wang,
): Promise<Answered> =>
  by.post('refunds', { refundNumber, paymentId, amount, reason: 'charged twice' });

/** Proposed, consented to and, with `carryOut`, paid back. */
async function refund(
  sale: Pick<Sold, 'payment'>,
  amount: number,
  carryOut = true,
): Promise<string> {
  const { status, body } = await propose(sale, amount);
  expect([status, body['code']]).toEqual([200, undefined]);
  expect((await li.post(`approvals/${String(body['approvalId'])}/consent`)).status).toBe(200);
  await service.relayAll();
  if (carryOut) await service.runJob('carry-out-refunds');
  await service.relayAll();
  return String(body['id']);
}

const refundOf = async (id: string): Promise<Record<string, unknown> | undefined> => {
  const { body } = await wang.get('refunds?limit=100');
  return (body['refunds'] as Record<string, unknown>[]).find((each) => each['id'] === id);
};

async function purses({ card }: Student): Promise<Record<string, string>> {
  const { rows } = await service.owner.query<{ kind: string; balance: string }>(
    'select kind, balance from ledger.account_balance where owner = $1 and guarded',
    [card.toString()],
  );
  return Object.fromEntries(rows.map(({ kind, balance }) => [kind, balance]));
}

/** Asked on another connection: within a transaction the answer would stay the same. */
async function untilTheyWait(people: number): Promise<void> {
  const sql = `select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  while (((await service.owner.query<{ n: number }>(sql)).rows[0]?.n ?? 0) < people)
    await pause(lookMs);
}

describe('a refund', () => {
  it('gives back what was drawn last first, part by part, until all of it is returned', async () => {
    const sale = await sold(400, 300n, 250n);
    expect(await purses(sale.student)).toEqual({ cash: '150', subsidy: '0' });
    await refund(sale, 100);
    expect(await purses(sale.student)).toEqual({ cash: '250', subsidy: '0' });
    await refund(sale, 120);
    expect(await purses(sale.student)).toEqual({ cash: '300', subsidy: '70' });
    await refund(sale, 180);
    expect(await purses(sale.student)).toEqual({ cash: '300', subsidy: '250' });
    expect((await propose(sale, 1)).body['code']).toBe('refund_exceeds');
    const found = await service.get(FindPayments).byId(BigInt(sale.payment));
    expect([found.state, found.captured, found.returned]).toEqual(['captured', 400n, 400n]);
  });

  it('of a metered sale goes back over its captures, the last one first', async () => {
    const student = await given.student(1_000n);
    await given.fund(student.card, 60n, new Date(service.clock.nowMs() + 86_400_000));
    const draft = meter.draft(student.phone.next());
    const { body } = await meter.post(draft);
    await meter.capture(draft.orderNumber, 50, { final: false });
    const payment = String(body['paymentId']);
    expect((await propose({ payment }, 10)).body['code']).toBe('refund_impossible');
    await meter.capture(draft.orderNumber, 100);
    expect(await purses(student)).toEqual({ cash: '910', subsidy: '0' });
    await refund({ payment }, 95);
    expect(await purses(student)).toEqual({ cash: '1000', subsidy: '5' });
    await refund({ payment }, 55);
    expect(await purses(student)).toEqual({ cash: '1000', subsidy: '60' });
  });

  it('goes back into a subsidy that has ended meanwhile, and can be spent by nobody there', async () => {
    const sale = await sold(200, 0n, 200n);
    await service.passTime(2 * 86_400);
    await refund(sale, 200);
    expect(await purses(sale.student)).toEqual({ cash: '0', subsidy: '200' });
    const { body } = await till.sell(sale.student.phone.next(), 10);
    expect(body['reason']).toBe('insufficient_funds');
    await service.setTime(noon);
  });

  it('leaves limits as they are, where a reversal gives them back', async () => {
    const sale = await sold(400);
    const counted = async (): Promise<unknown> => {
      const { rows } = await service.owner.query(
        'select spent_amount, spent_count from cards.card where id = $1',
        [sale.student.card.toString()],
      );
      return rows[0];
    };
    const before = await counted();
    await refund(sale, 150);
    expect(await counted()).toEqual(before);
    await till.reverse(sale.orderNumber);
    expect(await counted()).toEqual({ spent_amount: '0', spent_count: 0 });
  });

  it('is told: by a hint, a message, and on the receipt', async () => {
    const sale = await sold(400);
    await service.relayAll();
    const id = await refund(sale, 150);
    const { rows } = await service.owner.query(
      `select r.state, r.returned, m.title_en, m.link = '/r/' || r.token as leads
       from receipts.receipt r join messages.message m on m.dedupe_key = 'refund ' || $2
       where r.payment = $1`,
      [sale.payment, id],
    );
    expect(rows).toEqual([
      { state: 'paid', returned: '150', title_en: 'Refunded ¥1.50', leads: true },
    ]);
    const event = await service.owner.query(
      `select payload from platform.outbox where type = 'payment.refunded' and payload->>'refund' = $1`,
      [id],
    );
    expect(event.rows[0]).toMatchObject({
      payload: { cardholder: sale.student.cardholder.toString(), amount: 150, returned: 150 },
    });
  });

  it('counts on the day on which it is made, however long ago that day was closed', async () => {
    const sale = await sold(400);
    const today = noon.slice(0, 10);
    expect((await wang.post(`business-days/${today}/close`)).status).toBe(200);
    const closed = (await wang.get(`business-days/${today}`)).body;
    await service.passTime(40 * 86_400);
    expect((await till.reverse(sale.orderNumber)).body.code).toBe('reversal_too_late');
    await refund(sale, 150);
    const then = service.clock.now().toISOString().slice(0, 10);
    const day = (await wang.get(`business-days/${then}`)).body;
    expect(day['total']).toEqual({
      sales: { count: 0, amount: 0 },
      reversals: { count: 0, amount: 0 },
      voids: { count: 0, amount: 0 },
      refunds: { count: 1, amount: 150 },
      net: -150,
    });
    expect((await wang.get(`business-days/${today}`)).body).toEqual(closed);
  });
});

describe('two people', () => {
  it('are needed: whoever proposed cannot consent, and nothing moves before the other did', async () => {
    const sale = await sold(400);
    const { body } = await propose(sale, 100);
    const approval = `approvals/${String(body['approvalId'])}`;
    const own = await wang.post(`${approval}/consent`);
    expect(own.body['code']).toBe('approval_needs_another');
    await service.relayAll();
    await service.runJob('carry-out-refunds');
    expect(await sale.student.balance()).toBe(600n);
    expect((await li.post(`${approval}/consent`)).status).toBe(200);
    await service.relayAll();
    await service.runJob('carry-out-refunds');
    await service.runJob('carry-out-refunds');
    expect(await sale.student.balance()).toBe(700n);
    expect(await refundOf(String(body['id']))).toMatchObject({
      state: 'refunded',
      maker: wang.id.toString(),
      checker: li.id.toString(),
      refundedAt: expect.any(String),
    });
  });

  it('may disagree: then nothing comes of it, and the amount is free to be proposed again', async () => {
    const sale = await sold(400);
    const { body } = await propose(sale, 400);
    expect((await propose(sale, 1)).body['code']).toBe('refund_exceeds');
    await li.post(`approvals/${String(body['approvalId'])}/rejection`, { reason: 'no receipt' });
    await service.relayAll();
    await service.runJob('carry-out-refunds');
    expect(await refundOf(String(body['id']))).toMatchObject({ state: 'rejected' });
    expect(await sale.student.balance()).toBe(600n);
    await refund(sale, 400);
    expect(await sale.student.balance()).toBe(1_000n);
  });
});

describe('a proposal', () => {
  it('sent twice with its number is one, and another under that number is refused', async () => {
    const sale = await sold(400);
    const once = number();
    const [first, again] = await Promise.all([propose(sale, 50, once), propose(sale, 50, once)]);
    expect(again.body).toEqual(first.body);
    expect((await propose(sale, 60, once)).body['code']).toBe('refund_number_reused');
    expect((await propose(sale, 50, once, li)).body['code']).toBe('refund_number_reused');
    const other = await sold(400);
    expect((await propose(other, 50, once)).body['code']).toBe('refund_number_reused');
  });

  it('is refused for what took no money, gave it back, or is not there', async () => {
    const poor = await given.student(0n);
    const declined = (await till.sell(poor.phone.next(), 100)).body;
    const codes = [(await propose({ payment: String(declined['paymentId']) }, 1)).body['code']];
    const sale = await sold(400);
    await till.reverse(sale.orderNumber);
    codes.push((await propose(sale, 1)).body['code']);
    codes.push((await propose({ payment: '999999999' }, 1)).body['code']);
    expect(codes).toEqual(['refund_impossible', 'refund_impossible', 'payment_unknown']);
  });

  it('is made by the office alone, with an amount and a reason', async () => {
    const auditor = await givenColleague(service, 'han.mei', ['auditor']);
    const sale = await sold(400);
    expect((await propose(sale, 1, number(), auditor)).body['code']).toBe('permission_missing');
    expect((await auditor.get('refunds')).status).toBe(200);
    expect((await propose(sale, 0)).body['code']).toBe('malformed_request');
    const silent = { refundNumber: number(), paymentId: sale.payment, amount: 1, reason: ' ' };
    expect((await wang.post('refunds', silent)).body['code']).toBe('malformed_request');
  });
});

describe('a reversal', () => {
  it('after a refund returns what remains, and after a full one nothing', async () => {
    const sale = await sold(400, 300n, 250n);
    await refund(sale, 100);
    expect((await till.reverse(sale.orderNumber)).body).toMatchObject({
      outcome: 'reversed',
      returned: 300,
    });
    expect(await purses(sale.student)).toEqual({ cash: '300', subsidy: '250' });
    const all = await sold(400);
    await refund(all, 400);
    expect((await till.reverse(all.orderNumber)).body).toMatchObject({
      outcome: 'already_reversed',
      returned: 400,
    });
    expect(await all.student.balance()).toBe(1_000n);
  });

  it('before it leaves nothing to refund, although two people had agreed', async () => {
    const sale = await sold(400);
    const id = await refund(sale, 100, false);
    await till.reverse(sale.orderNumber);
    await service.runJob('carry-out-refunds');
    expect(await refundOf(id)).toMatchObject({ state: 'failed', failure: 'payment_reversed' });
    expect(await sale.student.balance()).toBe(1_000n);
  });

  it('and two refunds that meet at the card give everything back once', async () => {
    for (let round = 0; round < 6; round += 1) {
      const sale = await sold(400, 300n, 250n);
      const ids = [await refund(sale, 150, false), await refund(sale, 200, false)];
      const gate = await service.owner.connect();
      try {
        await gate.query('begin');
        await gate.query('select from cards.card where id = $1 for update', [
          sale.student.card.toString(),
        ]);
        const carryOut = 'select payments.carry_out_refund($1) as state';
        const racers = [
          service.owner.query(carryOut, [ids[round % 2]]),
          till.reverse(sale.orderNumber),
          service.owner.query(carryOut, [ids[(round + 1) % 2]]),
        ];
        await untilTheyWait(racers.length);
        await gate.query('commit');
        await Promise.all(racers);
      } finally {
        gate.release(true);
      }
      expect(await purses(sale.student)).toEqual({ cash: '300', subsidy: '250' });
      const { returned } = await service.get(FindPayments).byId(BigInt(sale.payment));
      expect(returned).toBe(400n);
    }
  });
});
