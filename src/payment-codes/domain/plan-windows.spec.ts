import { describe, expect, it } from '@jest/globals';
import { windowsDue, type Window } from './plan-windows.js';

const wanted = { ahead: 4, minutes: 1080, most: 12 };
const hours = (count: number): number => count * 3600;
const now = 1_780_000_000.4;
const start = 1_780_000_000 - 60;

const lengthsOf = (windows: readonly Window[]): number[] =>
  windows.map(({ notBefore, notAfter }) => notAfter - notBefore);

describe('the windows that a phone has yet to get', () => {
  it('are four of 18 hours from now on, for a phone that has none', () => {
    const windows = windowsDue(now, [], wanted);
    expect(lengthsOf(windows)).toEqual([18, 18, 18, 18].map(hours));
    expect(windows[0]).toEqual({ notBefore: start, notAfter: start + hours(18) });
  });

  it('follow one another and what the phone has, without a gap and without two for one time', () => {
    const held = windowsDue(now, [], wanted);
    const later = now + hours(40);
    const windows = [...held, ...windowsDue(later, held, wanted)];
    expect(windows).toHaveLength(6);
    windows.slice(1).forEach(({ notBefore }, index) => {
      expect(notBefore).toBe(windows[index]?.notAfter);
    });
    expect(windowsDue(later, windows, wanted)).toEqual([]);
  });

  it('begin anew for a phone that was away longer than it had certificates', () => {
    const held = windowsDue(now, [], wanted);
    const later = now + hours(100);
    expect(windowsDue(later, held, wanted)).toHaveLength(4);
    expect(windowsDue(later, held, wanted)[0]?.notBefore).toBe(Math.floor(later) - 60);
  });

  it('are no more than the card may still get today', () => {
    expect(windowsDue(now, [], { ...wanted, most: 1 })).toHaveLength(1);
    expect(windowsDue(now, [], { ...wanted, most: -3 })).toEqual([]);
  });
});
