import { describe, expect, it } from '@jest/globals';
import { OwnLag } from './own-lag.js';

describe('the lateness of the simulator itself', () => {
  it('disturbs what was under way while it stood still, and nothing else', () => {
    const lag = new OwnLag();
    lag.note(5, 500);
    lag.note(300, 1_000);
    lag.note(40, 2_000);
    expect(lag.disturbed(400, 600)).toBe(false);
    expect(lag.disturbed(600, 701)).toBe(true);
    expect(lag.disturbed(900, 950)).toBe(true);
    expect(lag.disturbed(1_001, 1_900)).toBe(false);
    expect(lag.disturbed(1_001, 1_970)).toBe(true);
    expect(lag.disturbed(2_001, 9_000)).toBe(false);
  });

  it('is told in figures of its own', () => {
    const lag = new OwnLag();
    for (let at = 0; at < 98; at += 1) lag.note(1, at);
    lag.note(80, 200);
    lag.note(120.04, 400);
    expect(lag.lateness()).toEqual({ p50Ms: 1, p99Ms: 80, mostMs: 120 });
  });
});
