import { describe, expect, it } from '@jest/globals';
import { campusDate, campusTime, MovableClock } from './clock.js';
import { portOf, readFlags } from './run-process.js';

describe('the flags of a fake', () => {
  it('are read in both spellings, and nothing else is taken', () => {
    const flags = readFlags(['--port', '0', '--state=/tmp/a b', '--quiet', '--seed', '7']);
    expect(Object.fromEntries(flags)).toEqual({
      port: '0',
      state: '/tmp/a b',
      quiet: 'true',
      seed: '7',
    });
    expect(portOf(flags)).toBe(0);
    expect(() => readFlags(['port'])).toThrow('unexpected argument: port');
    expect(() => portOf(new Map([['port', '70000']]))).toThrow('--port must be an integer');
  });
});

describe('the clock of a fake', () => {
  it('moves only when it is told a valid instant or span', () => {
    const clock = new MovableClock(() => 1_000);
    expect(clock.change({ advanceMs: 500 })).toBe(true);
    expect(clock.change({ now: 'yesterday' })).toBe(false);
    expect(clock.change({})).toBe(false);
    expect(clock.now()).toBe(1_500);
    expect(clock.change({ now: '1970-01-01T00:00:05Z' })).toBe(true);
    expect(clock.offsetMs).toBe(4_000);
  });

  it('begins the campus day at midnight in China', () => {
    const midnight = Date.parse('2026-11-22T16:00:00Z');
    expect([campusDate(midnight - 1), campusDate(midnight)]).toEqual(['2026-11-22', '2026-11-23']);
    expect(campusTime(midnight)).toBe('2026-11-23 00:00');
  });
});
