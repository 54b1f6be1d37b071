import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isDue,
  nextToShow,
  secondsUntilChange,
  startOfStep,
  STEP_TOLERANCE,
  stepOf,
  stepOfCounter,
} from './index.js';

const START = 1_780_000_000;
/** Clock movements between two wishes for a code, backwards ones among them. */
const moves = fc.array(fc.integer({ min: -90, max: 120 }), { minLength: 1, maxLength: 60 });

describe('what a phone shows', () => {
  it('never repeats a counter and never goes back, whatever its clock does', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        let now = START;
        let last: number | null = null;
        for (const move of steps) {
          now += move;
          const next = nextToShow(now, last);
          if (next.kind === 'wait') {
            expect(next.waitUntil).toBeGreaterThan(now);
            expect(nextToShow(next.waitUntil, last).kind).toBe('show');
            expect(nextToShow(next.waitUntil - 1, last).kind).toBe('wait');
            continue;
          }
          if (last !== null) expect(next.counter).toBeGreaterThan(last);
          const ahead = stepOfCounter(next.counter) - stepOf(now);
          expect(ahead === 0 || ahead === 1).toBe(true);
          last = next.counter;
        }
      }),
    );
  });

  it('is accepted from the moment it appears until a step after it changes', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        const now = START + Math.abs(steps[0] ?? 0);
        const next = nextToShow(now, null);
        if (next.kind !== 'show') throw new Error('The first code is always shown.');
        const step = stepOfCounter(next.counter);
        expect(Math.abs(stepOf(next.acceptedUntil - 1) - step)).toBe(1);
        expect(Math.abs(stepOf(next.acceptedUntil) - step)).toBe(2);
        expect(next.acceptedUntil - next.changesAt).toBe(30);
      }),
    );
  });

  it('gives eight codes within one step and then waits', () => {
    let last: number | null = null;
    for (let taken = 0; taken < 8; taken += 1) {
      const next = nextToShow(START, last);
      if (next.kind !== 'show') throw new Error(`Waits after ${taken} codes.`);
      last = next.counter;
    }
    expect(nextToShow(START, last)).toEqual({ kind: 'wait', waitUntil: 1_780_000_022 });
  });

  it('is accepted by a service whose clock is up to two seconds behind the phone', () => {
    const wish = fc.record({
      stepsLater: fc.constantFrom(0, 0, 0, 0, 0, 1),
      intoStep: fc.double({ min: 0, max: 3, noNaN: true }),
      behind: fc.double({ min: 0, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(wish, { minLength: 20, maxLength: 60 }), (wishes) => {
        let step = stepOf(START);
        let last: number | null = null;
        for (const { stepsLater, intoStep, behind } of wishes) {
          step += stepsLater;
          const now = startOfStep(step) + intoStep;
          const next = nextToShow(now, last);
          if (next.kind === 'wait') continue;
          const ahead = stepOfCounter(next.counter) - stepOf(now - behind);
          expect(ahead).toBeLessThanOrEqual(STEP_TOLERANCE);
          last = next.counter;
        }
      }),
    );
  });

  it('is due when its step is over, and says how long that takes', () => {
    const shown = 59_333_333 * 4 + 2;
    expect(isDue(1_780_000_019.9, shown)).toBe(false);
    expect(isDue(1_780_000_020, shown)).toBe(true);
    expect(secondsUntilChange(1_780_000_005, shown)).toBe(15);
    expect(secondsUntilChange(1_780_000_500, shown)).toBe(0);
  });

  it('refuses a clock that tells no time', () => {
    for (const bad of [Number.NaN, -1, Infinity]) {
      expect(() => nextToShow(bad, null)).toThrow(RangeError);
    }
  });
});
