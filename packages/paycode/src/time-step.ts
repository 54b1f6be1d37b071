export const STEP_SECONDS = 30;
export const SLOTS_PER_STEP = 4;
/** An alias lives one step unless the campus is large: seconds, a multiple of the step. */
export const DEFAULT_ALIAS_PERIOD = STEP_SECONDS;

/** The step of an instant in unix seconds, fractions allowed. */
export function stepOf(time: number): number {
  if (!Number.isFinite(time) || time < 0) throw new RangeError(`Not unix seconds: ${time}.`);
  return Math.floor(time / STEP_SECONDS);
}

/** The first second of a step. */
export function startOfStep(step: number): number {
  return step * STEP_SECONDS;
}

/** The counter of a step and a slot 0..3; counters rise with time and, within a step, by hand. */
export function counterOf(step: number, slot: number): number {
  assertWhole(step, 'a step');
  if (!Number.isInteger(slot) || slot < 0 || slot >= SLOTS_PER_STEP) {
    throw new RangeError(`A slot is 0 to ${SLOTS_PER_STEP - 1}, not ${slot}.`);
  }
  return step * SLOTS_PER_STEP + slot;
}

export function stepOfCounter(counter: number): number {
  assertWhole(counter, 'a counter');
  return Math.floor(counter / SLOTS_PER_STEP);
}

export function slotOfCounter(counter: number): number {
  assertWhole(counter, 'a counter');
  return counter % SLOTS_PER_STEP;
}

/** The alias epoch of a step, for an alias period of `aliasPeriod` seconds. */
export function aliasEpochOf(step: number, aliasPeriod: number): number {
  assertWhole(step, 'a step');
  assertAliasPeriod(aliasPeriod);
  return Math.floor((step * STEP_SECONDS) / aliasPeriod);
}

/** Refuses a period that would let one step belong to two epochs. */
export function assertAliasPeriod(aliasPeriod: number): void {
  if (!Number.isSafeInteger(aliasPeriod) || aliasPeriod <= 0 || aliasPeriod % STEP_SECONDS !== 0) {
    throw new RangeError(`An alias period is a multiple of ${STEP_SECONDS} seconds.`);
  }
}

function assertWhole(value: number, name: string): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not ${name}: ${value}.`);
}
