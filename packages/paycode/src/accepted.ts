import { aliasEpochOf, counterOf, SLOTS_PER_STEP, STEP_SECONDS } from './time-step.js';

/** Steps taken before and after the service's own, for clocks apart and a code shown at the change. */
export const STEP_TOLERANCE = 1;

/**
 * The most counters one candidate is tried with, for an alias period in seconds; dummies fill up to it, so that time tells
 * nothing. An alias of 30 seconds has one accepted step and so 4 tries; one of 90 seconds or more has three.
 */
export const mostTries = (aliasPeriod: number): number =>
  Math.min(2 * STEP_TOLERANCE + 1, aliasPeriod / STEP_SECONDS) * SLOTS_PER_STEP;

/** The alias epochs in which a code presented in step `nowStep` may stand, rising: one to three. */
export function acceptedEpochs(nowStep: number, aliasPeriod: number): number[] {
  const epochs = acceptedSteps(nowStep).map((step) => aliasEpochOf(step, aliasPeriod));
  return epochs.filter((epoch, index) => epochs.indexOf(epoch) === index);
}

/**
 * The counters to try for a candidate whose alias was found in `aliasEpoch`: every slot of the steps
 * now-1, now and now+1 that lie in that epoch, rising. Empty when none does.
 */
export function acceptedCounters(
  nowStep: number,
  aliasEpoch: number,
  aliasPeriod: number,
): number[] {
  const counters: number[] = [];
  for (const step of acceptedSteps(nowStep)) {
    if (aliasEpochOf(step, aliasPeriod) !== aliasEpoch) continue;
    for (let slot = 0; slot < SLOTS_PER_STEP; slot += 1) counters.push(counterOf(step, slot));
  }
  return counters;
}

function acceptedSteps(nowStep: number): number[] {
  const steps: number[] = [];
  for (let step = nowStep - STEP_TOLERANCE; step <= nowStep + STEP_TOLERANCE; step += 1) {
    if (step >= 0) steps.push(step);
  }
  return steps;
}
