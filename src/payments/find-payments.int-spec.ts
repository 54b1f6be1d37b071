/** Lists are in the order in which things happened, whichever process did them and whatever numbers it drew. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Counter, paymentOf } from '../../test/support/counter.js';
import { Given, type Student } from '../../test/support/given.js';
import { startService, type TestService } from '../../test/support/service.js';
import { FindPayments, type PaymentSearch } from './find-payments.js';
import { PaymentsStore } from './store/payments.store.js';

let service: TestService;
let other: TestService;
let till: Counter;
let student: Student;
/** As they happened. */
const ids: bigint[] = [];

async function sell(by: TestService): Promise<void> {
  for (let sale = 0; sale < 2; sale += 1)
    ids.push(
      paymentOf(await by.get(PaymentsStore).decide(till.sale(student, { amount: 100n }))).id,
    );
  await service.passTime(3 * 86_400);
}

beforeAll(async () => {
  service = await startService();
  other = await startService({ beside: service });
  const given = new Given(service);
  student = await given.student(100_000n);
  till = await Counter.at(service, await given.canteen());
  // Two processes that sell in turn: the second one's stock of numbers lies far below the first one's.
  const drawFrom = (number: number): Promise<unknown> =>
    service.owner.query(`select setval('payments.payment_id', $1)`, [number]);
  await drawFrom(90_000);
  await sell(service);
  await drawFrom(30_000);
  await sell(other);
  await sell(service);
}, 60_000);
afterAll(async () => {
  await other.close();
  await service.close();
});

async function all(
  wish: Omit<PaymentSearch, 'limit' | 'before'>,
  limit: number,
): Promise<bigint[]> {
  const found: bigint[] = [];
  for (;;) {
    const before = found.at(-1);
    const page = await service.get(FindPayments).search({
      ...wish,
      limit,
      ...(before === undefined ? {} : { before }),
    });
    if (page.length === 0) return found;
    found.push(...page.map(({ id }) => id));
  }
}

describe('payments', () => {
  it('come newest first, page by page, none twice and none left out', async () => {
    const newestFirst = [...ids].reverse();
    expect([...newestFirst].sort((a, b) => Number(b - a))).not.toEqual(newestFirst);
    for (const limit of [1, 2, 4, 20]) {
      expect(await all({}, limit)).toEqual(newestFirst);
      expect(await all({ card: student.card }, limit)).toEqual(newestFirst);
      expect(await all({ terminal: till.terminal.id, verdict: 'approved' }, limit)).toEqual(
        newestFirst,
      );
    }
    expect(await all({ verdict: 'declined' }, 20)).toEqual([]);
    expect(await all({ businessDate: '2026-11-25' }, 1)).toEqual(newestFirst.slice(2, 4));
  });

  it('cannot follow one that is not there', async () => {
    await expect(
      service.get(FindPayments).ofCard(student.card, { before: 7n, limit: 5 }),
    ).rejects.toMatchObject({ code: 'payment_unknown' });
  });
});
