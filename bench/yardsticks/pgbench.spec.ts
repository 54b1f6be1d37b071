import { describe, expect, it } from '@jest/globals';
import { readResult } from './pgbench.js';

const printed = `transaction type: <builtin: TPC-B (sort of)>
number of failed transactions: 0 (0.000%)
latency average = 7.612 ms
initial connection time = 58.181 ms
tps = 4203.871211 (without initial connection time)
`;

describe('the yardstick', () => {
  it('reads what pgbench prints', () => {
    expect(readResult(printed)).toEqual({ tps: 4203.871211, latencyMs: 7.612 });
  });

  it('reads that a busy machine came to nothing', () => {
    const nothing = 'duration: 1 s\nnumber of transactions actually processed: 0\n';
    expect(readResult(nothing).tps).toBe(0);
  });

  it('does not take another text for a result', () => {
    expect(() => readResult('pgbench: error: connection failed')).toThrow('something else');
  });
});
