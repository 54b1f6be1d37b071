import { SLOTS_PER_STEP, startOfStep, stepOf, stepOfCounter } from './time-step.js';

/** How far a phone may run ahead of its clock by asking for new codes: the service accepts as much. */
const STEPS_AHEAD = 1;

/**
 * Seconds into a step before a code of the next one is shown: a phone whose clock is a little fast
 * would show it while the service is still in the step before, two steps away, and refuses it.
 */
export const AHEAD_MARGIN_SECONDS = 2;

export type ShownCode = {
  readonly kind: 'show';
  /** Store it as the last shown before drawing the code. */
  readonly counter: number;
  /** Unix seconds at which the next code is due. */
  readonly changesAt: number;
  /** Unix seconds until which the service takes this one: a step longer, so a scan at the change works. */
  readonly acceptedUntil: number;
};

/** Nothing may be shown before `waitUntil` (unix seconds); the phone says so. */
export type WaitForCode = { readonly kind: 'wait'; readonly waitUntil: number };

/**
 * The next code a phone shows: the first of the present step, or the one after the last it showed,
 * whichever is later. It never shows a counter twice or goes back, even when its clock is set back.
 * Call it when a code is due, on refresh by hand, after a payment and after a screenshot.
 *
 * @param now the phone's corrected clock, unix seconds
 * @param lastShown the highest counter this credential ever showed, null before the first
 */
export function nextToShow(now: number, lastShown: number | null): ShownCode | WaitForCode {
  const step = stepOf(now);
  const first = step * SLOTS_PER_STEP;
  const counter = lastShown === null ? first : Math.max(first, lastShown + 1);
  const stepShown = stepOfCounter(counter);
  const shownFrom = startOfStep(stepShown - STEPS_AHEAD) + AHEAD_MARGIN_SECONDS;
  if (stepShown > step && now < shownFrom) return { kind: 'wait', waitUntil: shownFrom };
  return {
    kind: 'show',
    counter,
    changesAt: startOfStep(stepShown + 1),
    acceptedUntil: startOfStep(stepShown + 2),
  };
}

/** Whether the time of the code on the screen has passed and the next one is due. */
export function isDue(now: number, shown: number): boolean {
  return stepOf(now) > stepOfCounter(shown);
}

/** Seconds until the code on the screen changes by itself, 0 when it is due. */
export function secondsUntilChange(now: number, shown: number): number {
  return Math.max(0, startOfStep(stepOfCounter(shown) + 1) - now);
}
