import { describe, expect, it } from '@jest/globals';
import { median, percentile, summarize } from './latencies.js';
import { judge, ratio, type KeyFigures } from './marks.js';

const nothing: KeyFigures = {
  ledgerPostsPerSecondAt64: null,
  ledgerP99MsAt64: null,
  httpPaymentsPerSecondAt64: null,
  httpP99MsAt64: null,
  noopRequestsPerSecond: null,
  signedNoopRequestsPerSecond: null,
  pgbenchTps: null,
  oneCommitPerSaleTps: null,
  hotOverSpread: null,
  tenMillionOverEmpty: null,
  aloneOverBareCall: null,
};

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

  it('is the value that so many do not exceed', () => {
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
  });

  it('of a single value is that value, and of none zero', () => {
    expect(summarize([7])).toEqual({ p50: 7, p95: 7, p99: 7, max: 7 });
    expect(summarize([])).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it('sorts numbers as numbers', () => {
    expect(summarize([100, 9, 20]).max).toBe(100);
    expect(summarize([100, 9, 20]).p50).toBe(20);
  });
});

describe('a median', () => {
  it('is the middle one, or between the two in the middle', () => {
    expect(median([3, 1, 20])).toBe(3);
    expect(median([4, 1, 20, 2])).toBe(3);
  });
});

describe('marks', () => {
  it('are set on what was measured and on nothing else', () => {
    expect(judge(nothing)).toEqual([]);
    expect(judge({ ...nothing, ledgerPostsPerSecondAt64: 9_000 })).toEqual([]);
    expect(judge({ ...nothing, hotOverSpread: 0.95 })).toHaveLength(1);
  });

  it('are ratios within the run', () => {
    const [overPgbench] = judge({
      ...nothing,
      ledgerPostsPerSecondAt64: 9_000,
      pgbenchTps: 4_000,
    });
    expect(overPgbench).toMatchObject({ wanted: 2, got: 2.25, passes: true });
  });

  it('are missed from below and from above', () => {
    const marks = judge({ ...nothing, hotOverSpread: 0.89, ledgerP99MsAt64: 25.1 });
    expect(marks.map(({ passes }) => passes)).toEqual([false, false]);
    expect(judge({ ...nothing, ledgerP99MsAt64: 25 })[0]?.passes).toBe(true);
  });

  it('have no ratio to nothing', () => {
    expect(ratio(1, null)).toBeNull();
    expect(ratio(null, 1)).toBeNull();
    expect(ratio(1, 0)).toBeNull();
  });
});
