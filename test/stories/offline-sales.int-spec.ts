/** What terminals sold without the service: who pays for it, and what it moves in the books. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SettleOwed } from '../../src/offline-sales/settle-owed.js';
import { ask } from '../support/ask.js';
import { OfflineCampus } from '../support/offline-campus.js';
import type { OfflineTill } from '../support/offline-till.js';
import { noon, startService, type TestService } from '../support/service.js';

let service: TestService;
let campus: OfflineCampus;
let till: OfflineTill;
/** Another merchant's. */
let other: OfflineTill;

beforeAll(async () => {
  service = await startService();
  campus = await OfflineCampus.on(service);
});
beforeEach(async () => {
  till = await campus.till();
  other = await campus.till();
});
afterEach(() => service.setTime(noon));
afterAll(() => service.close());

const listReason = async (credential: bigint): Promise<string[]> => {
  const { rows } = await service.owner.query<{ reason: string }>(
    `select distinct e.reason from payment_codes.hotlist_entry e
     join payment_codes.certificate c on c.reference = e.reference where c.credential = $1`,
    [credential.toString()],
  );
  return rows.map(({ reason }) => reason);
};

describe('a sale without a network', () => {
  it('within what was set aside is paid from it', async () => {
    const student = await campus.student(10_000n);
    expect(await campus.balances(student)).toEqual({ cash: 10_000n, aside: 6_000n, owed: 0n });
    const decision = await till.sell(student.phone.signedQr(), 1_250);
    expect(decision).toMatchObject({ sequence: 1, decision: 'captured', reason: null });
    expect(await campus.balances(student)).toEqual({ cash: 8_750n, aside: 4_750n, owed: 0n });
    expect((await till.terminal.find(String(decision.orderNumber))).body).toMatchObject({
      paymentId: decision.paymentId,
      verdict: 'approved',
      state: 'captured',
      captured: 1_250,
      shortNumber: decision.shortNumber,
    });
    expect((await campus.earned(till)).merchant).toBe(1_250n);
  });

  it('beyond it is paid by whatever else the purses have', async () => {
    const student = await campus.student(9_000n);
    const { phone } = student;
    const decisions = [];
    for (const each of [till, other, await campus.till()])
      decisions.push((await each.sell(phone.signedQr(), 2_900)).decision);
    expect(decisions).toEqual(['captured', 'captured', 'posted']);
    expect(await campus.balances(student)).toEqual({ cash: 300n, aside: 0n, owed: 0n });
    expect(await listReason(phone.credential)).toEqual([]);
  });

  it('draws the purses in the order of its place and of its own time', async () => {
    const student = await campus.student(8_000n);
    const until = new Date(service.clock.nowMs() + 3_600_000);
    await campus.given.fund(student.card, 1_000n, until);
    const late = till.accept(student.phone.signedQr(), 1_400);
    await service.passTime(2 * 3_600);
    expect(await till.bring(late)).toMatchObject([{ decision: 'captured' }]);
    expect(await campus.balances(student)).toEqual({ cash: 7_600n, aside: 4_600n, owed: 0n });
  });

  it('for which nothing is left is owed: the card pays no more without a network, and its owner reads why', async () => {
    const student = await campus.student(3_000n);
    const { phone } = student;
    expect(await till.sell(phone.signedQr(), 2_000)).toMatchObject({ decision: 'posted' });
    const decision = await other.sell(phone.signedQr(), 2_500);
    expect(decision).toMatchObject({ decision: 'owed' });
    expect(await campus.balances(student)).toEqual({ cash: 0n, aside: 0n, owed: 1_500n });
    expect(await listReason(phone.credential)).toEqual(['owed']);
    const asked = { token: phone.signInToken };
    expect((await ask(`${service.url}/v1/me/owed`, asked)).body).toMatchObject({
      amount: 1_500,
      sales: [{ paymentId: decision.paymentId, amount: 2_500, owed: 1_500 }],
    });
    const inbox = await ask(`${service.url}/v1/me/inbox`, asked);
    expect(JSON.stringify(inbox.body)).toContain('¥15.00');
  });

  it('counts on the day on which it became known, and towards the limits of that day', async () => {
    const student = await campus.student(10_000n);
    const record = till.accept(student.phone.signedQr(), 1_250);
    await service.passTime(16 * 3_600);
    const [decision] = await till.bring(record);
    const { body } = await till.terminal.find(String(decision?.orderNumber));
    expect(body['businessDate']).toBe('2026-11-23');
    const totals = await campus.maker.get('offline-sales/totals/2026-11-23');
    expect(totals.body['totals']).toContainEqual(
      expect.objectContaining({ decision: 'captured', count: 1, amount: 1_250 }),
    );
    const { rows } = await service.owner.query(
      'select spent_amount::int as spent, spent_on::text as day from cards.card where id = $1',
      [student.card.toString()],
    );
    expect(rows).toEqual([{ spent: 1_250, day: '2026-11-23' }]);
  });

  it('of a frozen card is paid all the same, when the code is older than the freeze', async () => {
    const student = await campus.student(10_000n);
    const record = till.accept(student.phone.signedQr(), 1_250);
    await service.passTime(30);
    await service.owner.query(`select cards.set_status($1, '{active}', 'lost', 'staff', 1)`, [
      student.card.toString(),
    ]);
    expect(await till.bring(record)).toMatchObject([{ decision: 'captured' }]);
    expect(await campus.balances(student)).toMatchObject({ cash: 8_750n });
  });

  it('can be reversed by its terminal like any other, and refunded by the office', async () => {
    const student = await campus.student(2_000n);
    const decision = await till.sell(student.phone.signedQr(), 2_500);
    expect(await campus.balances(student)).toEqual({ cash: 0n, aside: 0n, owed: 500n });
    const { body } = await till.terminal.reverse(String(decision.orderNumber), 'device');
    expect(body).toMatchObject({ outcome: 'reversed', returned: 2_500 });
    expect(await campus.balances(student)).toEqual({ cash: 2_000n, aside: 0n, owed: 0n });
    expect((await campus.earned(till)).merchant).toBe(0n);
  });
});

describe('what is owed', () => {
  /** As funding brings money: the card first, then the purse, then what is owed. */
  const bringMoney = (card: bigint, amount: bigint): Promise<void> =>
    service.inTransaction(async (tx) => {
      await service.get(SettleOwed).lockCard(tx, card);
      await tx.query(
        `select ledger.record('top-up', array[ledger.open_account(0, 'bank', null, false), ledger.account_of($1, 'cash')],
           array[-$2::bigint, $2::bigint], '{}')`,
        [card.toString(), amount.toString()],
      );
      await service.get(SettleOwed).settle(tx, card);
    });

  it('is taken from the next money that comes in, as far as it goes, as an entry of its own', async () => {
    const student = await campus.student(1_000n);
    await till.sell(student.phone.signedQr(), 3_000);
    expect(await campus.balances(student)).toEqual({ cash: 0n, aside: 0n, owed: 2_000n });
    await bringMoney(student.card, 500n);
    expect(await campus.balances(student)).toEqual({ cash: 0n, aside: 0n, owed: 1_500n });
    await bringMoney(student.card, 5_000n);
    expect(await campus.balances(student)).toEqual({ cash: 3_500n, aside: 0n, owed: 0n });
    const { rows } = await service.owner.query<{ amount: string }>(
      `select amount from ledger.statement where owner = $1 and kind = 'receivable' order by posted_at`,
      [student.card.toString()],
    );
    expect(rows.map(({ amount }) => Number(amount))).toEqual([-2_000, 500, 1_500]);
  });

  it('and was paid comes back when the sale is taken back', async () => {
    const student = await campus.student(1_000n);
    const { orderNumber } = await till.sell(student.phone.signedQr(), 3_000);
    await bringMoney(student.card, 2_500n);
    expect(await campus.balances(student)).toEqual({ cash: 500n, aside: 0n, owed: 0n });
    await till.terminal.reverse(String(orderNumber), 'device');
    await service.relayAll();
    expect(await campus.balances(student)).toEqual({ cash: 3_500n, aside: 0n, owed: 0n });
  });

  it('is settled once, whoever brings money at the same moment', async () => {
    const student = await campus.student(1_000n);
    await till.sell(student.phone.signedQr(), 3_000);
    await Promise.all([1_500n, 1_500n, 1_500n].map((amount) => bringMoney(student.card, amount)));
    expect(await campus.balances(student)).toEqual({ cash: 2_500n, aside: 0n, owed: 0n });
  });
});

describe('a sale with a network that lacks money', () => {
  it('draws on what was set aside, and the certificates go to the hotlist', async () => {
    const student = await campus.student(8_000n);
    expect(await campus.balances(student)).toMatchObject({ aside: 6_000n });
    const { body } = await till.terminal.sell(student.phone.next(), 7_500);
    expect(body).toMatchObject({ verdict: 'approved', captured: 7_500 });
    expect(await campus.balances(student)).toEqual({ cash: 500n, aside: 0n, owed: 0n });
    expect(await listReason(student.phone.credential)).toEqual(['allowance_drawn']);
  });

  it('leaves it alone while the rest is enough, and when both are not', async () => {
    const student = await campus.student(8_000n);
    expect((await till.terminal.sell(student.phone.next(), 2_000)).body['verdict']).toBe(
      'approved',
    );
    const { body } = await till.terminal.sell(student.phone.next(), 6_001);
    expect(body['reason']).toBe('insufficient_funds');
    expect(await campus.balances(student)).toEqual({ cash: 6_000n, aside: 6_000n, owed: 0n });
    expect(await listReason(student.phone.credential)).toEqual([]);
  });

  it("makes later sales by those certificates the owner's own, where the terminal did not know", async () => {
    const student = await campus.student(8_000n);
    await till.terminal.sell(student.phone.next(), 7_500);
    await service.passTime(60);
    expect(await other.sell(student.phone.signedQr(), 2_000)).toMatchObject({ decision: 'owed' });
    expect(await campus.balances(student)).toEqual({ cash: 0n, aside: 0n, owed: 1_500n });
  });
});

describe('all of it together', () => {
  it('holds every proof', async () => {
    await service.relayAll();
    expect(await campus.broken()).toEqual([]);
  });
});
