/** Whoever locks much at once locks it in one order, so that nobody waits for somebody who waits for them. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  PaymentsStore,
  type Decision,
  type Sale,
} from '../../src/payments/store/payments.store.js';
import { Counter, paymentOf } from '../support/counter.js';
import { brokenProofs, Given, type Student } from '../support/given.js';
import { deadlocks } from '../support/locks.js';
import { startService, type TestService } from '../support/service.js';

const rounds = 100;
const stepSeconds = 30;
/** A phone's codes of one step, of which a round needs two. */
const roundsInStep = 2;

let service: TestService;
let other: TestService;
let given: Given;
let till: Counter;
let shower: Counter;

beforeAll(async () => {
  service = await startService();
  other = await startService({ beside: service });
  given = new Given(service);
  till = await Counter.at(service, await given.canteen());
  shower = await Counter.at(service, await given.dorm());
});
afterEach(async () => {
  expect(await deadlocks(service)).toBe(0);
  expect(await brokenProofs(service)).toEqual([]);
});
afterAll(async () => {
  await other.close();
  await service.close();
});

/** Sales that are sent together are one batch. */
const decideAll = (by: TestService, sales: readonly Sale[]): Promise<Decision[]> =>
  Promise.all(sales.map((sale) => by.get(PaymentsStore).decide(sale)));

async function nextStep(round: number): Promise<void> {
  if (round % roundsInStep !== roundsInStep - 1) return;
  await service.passTime(stepSeconds);
  await other.clock.settle();
}

const reasons = (decisions: readonly Decision[]): (string | null)[] =>
  decisions.map((decision) => paymentOf(decision).reason);

describe('two processes', () => {
  it('with batches of the same cards in opposite orders never lock each other out', async () => {
    const students = await Promise.all([1, 2, 3, 4].map(() => given.student(1_000_000n)));
    const sell = (student: Student): Sale => till.sale(student, { amount: 1n });
    for (let round = 0; round < rounds; round += 1) {
      const [one, two] = [students.map(sell), students.toReversed().map(sell)];
      // The codes of a phone rise with each sale, whichever process it goes to: the older one may find itself used.
      const all = await Promise.all([decideAll(service, one), decideAll(other, two)]);
      expect(new Set(reasons(all.flat()).filter((reason) => reason !== 'code_used'))).toEqual(
        new Set([null]),
      );
      await nextStep(round);
    }
  });

  it('with sales, holds that expire and their sweep never lock one another out', async () => {
    const students = await Promise.all([1, 2, 3, 4].map(() => given.student(1_000_000n)));
    for (let round = 0; round < rounds / 4; round += 1) {
      const held = students.map((student) =>
        shower.sale(student, { amount: 500n, holdSeconds: stepSeconds }),
      );
      await decideAll(service, held);
      await service.passTime(stepSeconds);
      await other.clock.settle();
      const sell = (student: Student): Sale => till.sale(student, { amount: 1n });
      const [one, two] = await Promise.all([
        decideAll(service, students.map(sell)),
        decideAll(other, students.toReversed().map(sell)),
        service.runJob('end-expired-holds'),
        other.runJob('end-expired-holds'),
      ]);
      expect(new Set(reasons([...one, ...two]).filter((reason) => reason !== 'code_used'))).toEqual(
        new Set([null]),
      );
    }
    expect(await Promise.all(students.map(({ card }) => heldOn(card)))).toEqual([
      '0',
      '0',
      '0',
      '0',
    ]);
  });

  it('with batches of the same numbers in opposite orders never lock each other out', async () => {
    const student = await given.student(0n);
    const unknown = (): Sale => ({
      ...till.sale(student, { amount: 1n }),
      payer: { refused: 'code_invalid' },
    });
    for (let round = 0; round < rounds; round += 1) {
      const sales = Array.from({ length: 8 }, unknown);
      const [one, two] = await Promise.all([
        decideAll(service, sales),
        decideAll(other, sales.toReversed()),
      ]);
      expect(two.toReversed().map(paymentOf)).toEqual(one.map(paymentOf));
    }
  });
});

async function heldOn(card: bigint): Promise<string | undefined> {
  const { rows } = await service.owner.query<{ held: string }>(
    'select sum(held)::text as held from ledger.account_balance where owner = $1',
    [card.toString()],
  );
  return rows[0]?.held;
}
