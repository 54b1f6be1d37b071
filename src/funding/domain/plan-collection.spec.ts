import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { debitMax, planCollection } from './plan-collection.js';

describe('the plan of a collection', () => {
  it('asks for what the sale spent', () => {
    expect(planCollection({ missing: 0n, spent: 1_250n, lastFailure: null })).toBe(1_250n);
  });

  it('asks for what was refused before, too, within a bound', () => {
    const plan = (missing: bigint): bigint =>
      planCollection({ missing, spent: 1_000n, lastFailure: 'insufficient_funds' });
    expect(plan(2_000n)).toBe(3_000n);
    expect(plan(debitMax * 2n)).toBe(debitMax);
  });

  it('asks for the sale alone after the bank refused an amount for its limit', () => {
    expect(planCollection({ missing: 9_000n, spent: 700n, lastFailure: 'limit' })).toBe(700n);
    expect(planCollection({ missing: -300n, spent: 700n, lastFailure: 'limit' })).toBe(400n);
  });

  it('is lowered by what was collected for a sale that was taken back', () => {
    const plan = (missing: bigint): bigint =>
      planCollection({ missing, spent: 1_000n, lastFailure: null });
    expect([plan(-400n), plan(-1_000n), plan(-1_700n)]).toEqual([600n, 0n, 0n]);
  });

  it('never asks for more than is owed, whatever happened before', () => {
    const amount = fc.bigInt({ min: 1n, max: 200_000n });
    const missing = fc.bigInt({ min: -200_000n, max: 200_000n });
    const lastFailure = fc.constantFrom(null, 'limit', 'insufficient_funds');
    fc.assert(
      fc.property(missing, amount, lastFailure, (before, spent, failure) => {
        const asked = planCollection({ missing: before, spent, lastFailure: failure });
        const owed = before + spent > 0n ? before + spent : 0n;
        expect(asked >= 0n && asked <= owed && asked <= debitMax).toBe(true);
        expect(asked > 0n).toBe(owed > 0n);
      }),
    );
  });
});
