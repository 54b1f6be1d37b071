/** Whatever a student does, what is set aside and what is free are the purse, and nothing is set aside twice. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FindCard } from '../../src/cards/find-card.js';
import { FreezeCard } from '../../src/cards/freeze-card.js';
import { brokenProofs, Given, type Student } from '../support/given.js';
import { noon, startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

type Step =
  | { readonly kind: 'synchronise' | 'freeze' | 'expire' }
  | { readonly kind: 'sell' | 'fund'; readonly amount: number }
  | { readonly kind: 'wait'; readonly hours: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ kind: 'synchronise' }),
  fc.constant<Step>({ kind: 'synchronise' }),
  fc.record({ kind: fc.constant('sell' as const), amount: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ kind: fc.constant('fund' as const), amount: fc.integer({ min: 1, max: 9_000 }) }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 90 }) }),
  fc.constant<Step>({ kind: 'freeze' }),
  fc.constant<Step>({ kind: 'expire' }),
);

let service: TestService;
let given: Given;
let till: TestTerminal;

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  till = await given.canteen();
});
afterAll(() => service.close());

type Money = { balance: number; held: number; allowance: number };

async function moneyOf({ card }: Student): Promise<Money> {
  const purses = await service.get(FindCard).purses(card);
  const sum = (of: (purse: (typeof purses)[number]) => bigint): number =>
    Number(purses.reduce((total, purse) => total + of(purse), 0n));
  return {
    balance: sum(({ balance }) => balance),
    held: sum(({ held }) => held),
    allowance: sum(({ allowance }) => allowance),
  };
}

async function synchronise(student: Student): Promise<void> {
  const before = await moneyOf(student);
  const { allowance } = await student.phone.prepareOffline();
  const set = allowance?.amount ?? 0;
  const left = before.balance - 2_000;
  // Without a certificate nothing new is set aside; with one it is what the rule says, however often it is asked for.
  if (student.phone.deviceKeys.certificates.length > 0)
    expect(set).toBe(left < 1_000 ? 0 : Math.min(6_000, left));
  expect((await student.phone.prepareOffline()).allowance?.amount ?? 0).toBe(set);
}

async function sell(student: Student, amount: number): Promise<number> {
  const before = await moneyOf(student);
  // Codes are used up; a new step has new ones.
  await service.passTime(60);
  const { body } = await till.sell(student.phone.next(), amount);
  const paid = body['verdict'] === 'approved' ? amount : 0;
  if (amount <= before.balance - before.held) expect(body).toMatchObject({ verdict: 'approved' });
  if (amount > before.balance) expect(body).toMatchObject({ reason: 'insufficient_funds' });
  return paid;
}

async function take(student: Student, { kind, ...rest }: Step): Promise<number> {
  const { amount = 0, hours = 0 } = rest as { amount?: number; hours?: number };
  const by = { kind: 'cardholder', id: student.cardholder } as const;
  if (kind === 'synchronise') await synchronise(student);
  else if (kind === 'sell') return -(await sell(student, amount));
  else if (kind === 'fund') await given.fund(student.card, BigInt(amount));
  else if (kind === 'wait') await service.passTime(hours * 3_600);
  else if (kind === 'expire') await service.runJob('end-expired-allowances');
  else {
    await service.get(FreezeCard).freeze(student.card, by);
    await service.get(FreezeCard).unfreeze(student.card, by);
  }
  return kind === 'fund' ? amount : 0;
}

describe('the allowance of a phone', () => {
  it('and what is free are the purse, whatever happens', async () => {
    const way = fc.array(step, { minLength: 3, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12_000 }), way, async (cash, steps) => {
        await service.setTime(noon);
        const student = await given.student(BigInt(cash));
        let wanted = cash;
        for (const each of steps) {
          wanted += await take(student, each);
          const { balance, held, allowance } = await moneyOf(student);
          expect([each.kind, balance]).toEqual([each.kind, wanted]);
          // Nothing else is held here.
          expect([each.kind, held]).toEqual([each.kind, allowance]);
          expect(allowance).toBeLessThanOrEqual(Math.min(6_000, balance));
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(await brokenProofs(service)).toEqual([]);
  });
});
