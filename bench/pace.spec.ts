import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

describe('the pace', () => {
  it('takes the planned time when nobody waits', () => {
    const pace = new Pace(1_000, undefined);
    expect(pace.take(9_000)).toEqual({ forMs: 9_000, warmUpMs: 2_000 });
  });

  it('takes the planned time when there is enough of it', () => {
    const pace = new Pace(4_000, performance.now() + 60_000);
    expect(pace.take(3_000)).toEqual({ forMs: 3_000, warmUpMs: 1_000 });
  });

  it('is faster when time is short, and still measures something when there is none', () => {
    const short = new Pace(6_000, performance.now() + 4_000).take(3_000);
    expect(short.forMs).toBeGreaterThan(1_400);
    expect(short.forMs).toBeLessThanOrEqual(1_500);
    expect(new Pace(6_000, performance.now() - 1).take(2_000).forMs).toBe(500);
  });
});
