import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  debitFloor,
  debitMax,
  mostAfterLimit,
  mostAfterSuccess,
  planCollection,
} from './plan-collection.js';

describe('the plan of a collection', () => {
  it('asks for what the sale spent', () => {
    expect(planCollection({ missing: 0n, spent: 1_250n, most: debitMax })).toBe(1_250n);
  });

  it('asks for what was refused before, too, within a bound', () => {
    const plan = (missing: bigint): bigint =>
      planCollection({ missing, spent: 1_000n, most: debitMax });
    expect(plan(2_000n)).toBe(3_000n);
    expect(plan(debitMax * 2n)).toBe(debitMax);
  });

  it('asks for half after the bank refused an amount for its limit, and dares more later', () => {
    const most = mostAfterLimit(9_000n);
    expect(planCollection({ missing: 9_000n, spent: 700n, most })).toBe(4_500n);
    expect([mostAfterSuccess(most, 4_499n), mostAfterSuccess(most, 4_500n)]).toEqual([
      4_500n,
      5_500n,
    ]);
    expect(mostAfterSuccess(debitMax, debitMax)).toBe(debitMax);
    expect(mostAfterLimit(1_200n)).toBe(debitFloor);
  });

  it('is lowered by what was collected for a sale that was taken back', () => {
    const plan = (missing: bigint): bigint =>
      planCollection({ missing, spent: 1_000n, most: debitMax });
    expect([plan(-400n), plan(-1_000n), plan(-1_700n)]).toEqual([600n, 0n, 0n]);
  });

  it('never asks for more than is owed, whatever happened before', () => {
    const amount = fc.bigInt({ min: 1n, max: 200_000n });
    const missing = fc.bigInt({ min: -200_000n, max: 200_000n });
    const bound = fc.bigInt({ min: debitFloor, max: debitMax });
    fc.assert(
      fc.property(missing, amount, bound, (before, spent, most) => {
        const asked = planCollection({ missing: before, spent, most });
        const owed = before + spent > 0n ? before + spent : 0n;
        expect(asked >= 0n && asked <= owed && asked <= most).toBe(true);
        expect(asked > 0n).toBe(owed > 0n);
      }),
    );
  });
});
