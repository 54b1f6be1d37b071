import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { ReadSeal } from '../ledger/read-seal.js';
import { givenColleague, type Colleague } from '../../test/support/given-office.js';
import { GivenSales, type Till } from '../../test/support/given-sales.js';
import { Turnstile, until, untilWaiting } from '../../test/support/locks.js';
import { startService, type TestService } from '../../test/support/service.js';
import type { Payment } from '../payments/payment.js';
import { RefundPayment } from '../payments/refund-payment.js';
import { DecideApproval } from '../staff/decide-approval.js';
import { proveWith, type Proof } from '../platform/proofs/proof.js';
import { settlementProofs } from './prove-settlement.js';
import { RecordShift, type ShiftReport } from './record-shift.js';

let service: TestService;
let given: GivenSales;
let office: Colleague;
let colleague: Colleague;
let auditor: Colleague;
let catering: bigint;
let sports: bigint;
let till: Till;
let gym: Till;
let shower: Till;
let days = 0;
let today: string;
let opened: string;

const proved = async (): Promise<readonly Proof[]> =>
  (await proveWith(settlementProofs, service.database)).filter(({ broken }) => broken !== 0n);

const now = (): string => service.clock.now().toISOString();

async function report(
  by: Till,
  counted: [sales: number, amount: number, reversals?: number, returned?: number],
  over: Partial<ShiftReport> = {},
) {
  const [sales, amount, reversals = 0, returned = 0] = counted;
  const closedAt = over.closedAt ?? now();
  const finding = await service.get(RecordShift).record({
    terminal: by.terminal.id,
    shiftNumber: given.number(),
    openedAt: opened,
    closedAt,
    sales: { count: sales, amount: BigInt(amount) },
    reversals: { count: reversals, amount: BigInt(returned) },
    ...over,
  });
  opened = closedAt;
  return finding;
}

/** Proposed by one, consented to by the other, and paid back. */
async function refund({ id: payment }: Payment, amount: bigint): Promise<void> {
  const { approval } = await service.get(RefundPayment).propose({
    refundNumber: given.number(),
    payment,
    amount,
    reason: 'charged twice',
    maker: office.id,
  });
  await service
    .get(DecideApproval)
    .decide({ approval: BigInt(approval), checker: colleague.id, state: 'consented' });
  await service.relayAll();
  await service.runJob('carry-out-refunds');
}

beforeAll(async () => {
  service = await startService();
  given = new GivenSales(service);
  office = await givenColleague(service, 'wang.li', ['cashier-office']);
  colleague = await givenColleague(service, 'li.na', ['cashier-office']);
  auditor = await givenColleague(service, 'han.mei', ['auditor']);
  catering = await given.merchant('Catering');
  sports = await given.merchant('Sports');
}, 60_000);

afterAll(() => service.close());

/** Every test has a day and tills of its own; it begins at noon in Shanghai. */
beforeEach(async () => {
  days += 1;
  const noon = new Date(Date.UTC(2026, 10, 22 + days, 4));
  await service.setTime(noon);
  today = noon.toISOString().slice(0, 10);
  till = await given.till(catering, `A${days}`);
  gym = await given.till(sports, `G${days}`);
  shower = await given.till(sports, `D${days}`, {
    type: 'metered',
    hold: 500n,
    unit: 'liter',
    unitPrice: 5n,
    holdSeconds: 900,
  });
  opened = now();
  await service.passTime(1);
});

describe('a shift', () => {
  it('agrees when terminal and service counted the same sales and reversals', async () => {
    await till.sell(1250n);
    const mistake = await till.sell(800n);
    await till.sellInVain(500n);
    await till.reverse(mistake);
    await service.passTime(1);
    expect(await report(till, [2, 2050, 1, 800])).toEqual({
      agrees: true,
      service: { sales: { count: 2, amount: 2050n }, reversals: { count: 1, amount: 800n } },
    });
  });

  it("leaves out what the office refunded meanwhile, which is none of the till's business", async () => {
    const sale = await till.sell(1250n);
    await refund(sale, 500n);
    await service.passTime(1);
    expect(await report(till, [1, 1250])).toMatchObject({ agrees: true });
  });

  it('does not agree when the terminal counted something else, and says what the service counted', async () => {
    await till.sell(1250n);
    await service.passTime(1);
    expect(await report(till, [2, 2500])).toEqual({
      agrees: false,
      service: { sales: { count: 1, amount: 1250n }, reversals: { count: 0, amount: 0n } },
    });
  });

  it('counts metered use when it was captured, a sale in parts once, what was let go never', async () => {
    const parts = await shower.sell(500n);
    const later = await shower.sell(500n);
    const unused = await shower.sell(500n);
    await shower.capture(parts, 100n, false);
    await shower.capture(parts, 37n);
    await shower.capture(unused, 0n);
    await service.passTime(1);
    expect((await report(shower, [1, 137])).agrees).toBe(true);
    await service.passTime(1);
    await shower.capture(later, 250n);
    await shower.reverse(parts);
    await service.passTime(1);
    expect((await report(shower, [1, 250, 1, 137])).agrees).toBe(true);
  });

  it.each([-30_000, 30_000])(
    'is counted by the clock of the terminal when that is %d ms off',
    async (ahead) => {
      const off = (): string => new Date(service.clock.nowMs() + ahead).toISOString();
      opened = off();
      await service.passTime(1);
      const mistake = await till.sell(700n, ahead);
      await till.sell(900n, ahead);
      await till.reverse(mistake);
      await service.passTime(1);
      expect((await report(till, [2, 1600, 1, 700], { closedAt: off() })).agrees).toBe(true);
      await service.passTime(1);
      const next = await till.sell(300n, ahead);
      await till.reverse(next);
      await service.passTime(1);
      expect((await report(till, [1, 300, 1, 300], { closedAt: off() })).agrees).toBe(true);
    },
  );

  it('has a sale of a clock that is a day off when it was decided', async () => {
    const day = 86_400_000;
    await till.sell(700n, -day - 1_000);
    await till.sell(300n, day + 1_000);
    await till.sell(90n, -day + 60_000);
    await service.passTime(1);
    expect((await report(till, [2, 1_000])).agrees).toBe(true);
  });

  it('does not take in what another terminal sold', async () => {
    await gym.sell(500n);
    await service.passTime(1);
    expect((await report(till, [0, 0])).agrees).toBe(true);
  });

  it('is recorded once: the same report is answered as before, another under its number is refused', async () => {
    const shiftNumber = given.number();
    const over = { shiftNumber, openedAt: opened, closedAt: now() };
    const first = await report(till, [0, 0], over);
    expect(await report(till, [0, 0], over)).toEqual(first);
    await expect(report(till, [1, 1], over)).rejects.toMatchObject({ code: 'shift_number_reused' });
    const [row] = (
      await service.owner.query('select count(*)::int from settlement.shift where number = $1', [
        shiftNumber,
      ])
    ).rows;
    expect(row).toEqual({ count: 1 });
  });

  it('cannot end before it begins', async () => {
    const closedAt = new Date(Date.parse(opened) - 1).toISOString();
    await expect(report(till, [0, 0], { closedAt })).rejects.toMatchObject({
      code: 'shift_ends_before_it_begins',
    });
  });

  it('is heard from terminals alone', async () => {
    const answer = await fetch(`${service.url}/v1/shifts`, {
      method: 'POST',
      headers: { 'campus-protocol': '1' },
    });
    expect(await answer.json()).toMatchObject({ status: 401, code: 'signature_missing' });
  });
});

describe('a business day', () => {
  const read = async () => (await office.get(`business-days/${today}`)).body;
  const close = (date = today) => office.post(`business-days/${date}/close`);
  const sums = (count: number, amount: number) => ({ count, amount });

  it('has totals by merchant, also while it is open', async () => {
    await till.sell(1250n);
    await till.reverse(await till.sell(800n));
    await gym.sell(500n);
    await gym.sellInVain(500n);
    const hold = await shower.sell(500n);
    await shower.capture(hold, 137n, false);
    const day = await read();
    expect(day).toMatchObject({
      date: today,
      state: 'open',
      closedAt: null,
      merchants: [
        {
          merchantId: String(catering),
          name: { en: 'Catering' },
          sales: sums(2, 2050),
          reversals: sums(1, 800),
          net: 1250,
        },
        { merchantId: String(sports), sales: sums(2, 637), reversals: sums(0, 0), net: 637 },
      ],
      total: { sales: sums(4, 2687), reversals: sums(1, 800), net: 1887 },
      openHolds: sums(1, 363),
    });
    await shower.capture(hold, 0n);
  });

  it('counts refunds beside reversals, and keeps them when it is closed', async () => {
    const sale = await till.sell(1250n);
    await refund(sale, 500n);
    await refund(sale, 50n);
    const total = {
      sales: sums(1, 1250),
      reversals: sums(0, 0),
      voids: sums(0, 0),
      refunds: sums(2, 550),
      net: 700,
    };
    expect((await read())['total']).toEqual(total);
    expect((await close()).body['total']).toEqual(total);
    expect(await read()).toMatchObject({ total, afterClose: 0 });
  });

  it('counts voids beside reversals, and keeps them when it is closed', async () => {
    expect(await till.void(await till.sell(1_250n))).toBe('voided');
    await till.reverse(await till.sell(800n));
    await till.sell(300n);
    const total = {
      sales: sums(3, 2350),
      reversals: sums(1, 800),
      voids: sums(1, 1250),
      refunds: sums(0, 0),
      net: 300,
    };
    expect((await read())['total']).toEqual(total);
    expect((await close()).body['total']).toEqual(total);
    expect(await read()).toMatchObject({ total, afterClose: 0 });
    expect(await proved()).toEqual([]);
  });

  it('is closed once and keeps what it came to; holds still open are noted', async () => {
    await till.sell(1250n);
    const hold = await shower.sell(500n);
    const closed = await close();
    expect(closed).toMatchObject({
      status: 200,
      body: {
        state: 'closed',
        closedBy: String(office.id),
        total: { sales: sums(1, 1250), net: 1250 },
        openHolds: sums(1, 500),
        afterClose: 0,
      },
    });
    expect((await close()).body.code).toBe('business_day_already_closed');
    await shower.capture(hold, 200n);
    expect(await read()).toEqual(closed.body);
    const events = await service.owner.query(
      `select payload from platform.outbox where type = 'business_day.closed' and payload->>'date' = $1`,
      [today],
    );
    expect(events.rows).toEqual([{ payload: { date: today } }]);
  });

  it('carries the newest head of the seal, so that its print is an anchor', async () => {
    await till.sell(100n);
    let head = null;
    // The horizon is the server's: other tests hold it for moments.
    while (head === null) {
      await service.runJob('seal-entries');
      head = await service.get(ReadSeal).head();
    }
    expect((await read())['seal']).toEqual({
      block: String(head.block),
      total: String(head.total),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      sealedAt: head.sealedAt.toISOString(),
    });
  });

  it('waits for a sale that was decided before and has not committed', async () => {
    const sales = await Turnstile.build(service);
    const held = await sales.close();
    const selling = till.sell(600n);
    await untilWaiting(service, 1);
    const closing = close();
    await until(async () => {
      const { rows } = await service.owner.query(
        'select from payments.closed_date where business_date = $1',
        [today],
      );
      return rows.length > 0;
    }, 'the line is not drawn');
    // Long enough for whoever does not wait; whoever does is still waiting, however slow the machine is.
    const first = await Promise.race([closing.then(() => 'closed'), pause(500, 'waiting')]);
    expect(first).toBe('waiting');
    await held.open();
    await selling;
    expect((await closing).body).toMatchObject({ total: { sales: sums(1, 600) } });
    expect(await proved()).toEqual([]);
  });

  it('is kept afterwards when only its line was drawn', async () => {
    await till.sell(600n);
    await service.passTime(1);
    await service.owner.query('select settlement.begin_to_close($1)', [today]);
    expect((await read())['state']).toBe('open');
    await service.passTime(1);
    await till.sell(300n);
    expect((await close()).body).toMatchObject({ total: { sales: sums(1, 600) } });
    expect((await close()).body.code).toBe('business_day_already_closed');
  });

  it('is closed once also when two people close it at once', async () => {
    const answers = await Promise.all([close(), close(), close()]);
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBe(1);
  });

  it('bars its sales from reversal by a terminal; a sale after the close belongs to the next day', async () => {
    const before = await till.sell(1000n);
    await service.passTime(1);
    await close();
    await service.passTime(1);
    await expect(till.reverse(before)).rejects.toMatchObject({ code: 'reversal_too_late' });
    const after = await till.sell(300n);
    const other = await till.sell(400n);
    await till.reverse(after);

    const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000)
      .toISOString()
      .slice(0, 10);
    expect((await read())['total']).toMatchObject({ sales: sums(1, 1000), reversals: sums(0, 0) });
    const next = (await office.get(`business-days/${tomorrow}`)).body;
    expect(next['total']).toMatchObject({ sales: sums(2, 700), reversals: sums(1, 300) });

    await service.passTime(86_400);
    await close(tomorrow);
    await service.passTime(1);
    await expect(till.reverse(other)).rejects.toMatchObject({ code: 'reversal_too_late' });
    days += 1;
  });

  it('can be closed afterwards, and then ends at midnight', async () => {
    await till.sell(100n);
    await service.passTime(12 * 3600);
    await till.sell(50n);
    expect((await close()).body).toMatchObject({
      total: { sales: sums(1, 100) },
      endsAt: `${today}T16:00:00.000Z`,
    });
    days += 1;
  });

  it('cannot be closed before it begins, nor by whoever may only read', async () => {
    expect((await close('2027-11-22')).body.code).toBe('business_day_not_begun');
    const refused = await auditor.post(`business-days/${today}/close`);
    expect(refused.body.code).toBe('permission_missing');
    expect((await auditor.get(`business-days/${today}`)).status).toBe(200);
  });

  it('is named by a real date', async () => {
    for (const date of ['2026-02-30', '2026-11', '1', '2026-11-22T00:00:00Z'])
      expect((await office.get(`business-days/${date}`)).body.code).toBe('malformed_request');
  });

  it('never changes once closed, whoever asks the database', async () => {
    await till.sell(100n);
    await close();
    for (const sql of [
      'update settlement.merchant_day set sales_amount = 0',
      'delete from settlement.merchant_day',
      'delete from settlement.business_day',
    ])
      await expect(service.owner.query(sql)).rejects.toThrow('append-only');
  });

  it('adds up over all days to what the ledger owes each merchant', async () => {
    expect(await proved()).toEqual([]);
    const merchants = await service.owner.query<{ owed: string; moved: string }>(
      `select b.balance as owed, coalesce(sum(case when m.kind in ('sale', 'capture') then m.amount else -m.amount end), 0) as moved
       from ledger.account_balance b left join settlement.movement m on m.merchant = b.owner
       where b.kind = 'merchant' group by b.owner, b.balance`,
    );
    expect(merchants.rows.length).toBe(2);
    for (const { owed, moved } of merchants.rows) expect(owed).toBe(moved);
  });
});

describe('the trial balance', () => {
  it('shows every kind of account and sums to zero', async () => {
    const sale = await till.sell(1250n);
    await shower.sell(500n);
    await till.reverse(sale);
    const { body } = await auditor.get('trial-balance');
    expect(body).toMatchObject({ total: 0, balanced: true });
    const lines = body['lines'] as { kind: string; balance: number; held: number }[];
    expect(lines.map(({ kind }) => kind)).toEqual(['bank', 'cash', 'merchant']);
    expect(lines.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
    expect(lines.find(({ kind }) => kind === 'cash')?.held).toBeGreaterThanOrEqual(500);
  });
});
