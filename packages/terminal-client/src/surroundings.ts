import { randomBytes } from 'node:crypto';

/** What the terminal takes from its machine. Tests bring their own, so that nothing ever sleeps. */
export interface Surroundings {
  /** Unix milliseconds by the terminal's own, possibly wrong, clock. */
  now(): number;
  /** Runs `action` once after `millis`; the answer cancels it. */
  after(millis: number, action: () => void): () => void;
  random(length: number): Uint8Array;
}

export const machine: Surroundings = {
  now: () => Date.now(),
  after: (millis, action) => {
    const timer = setTimeout(action, millis);
    return () => {
      clearTimeout(timer);
    };
  },
  random: (length) => randomBytes(length),
};
