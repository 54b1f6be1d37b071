import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** What the terminal takes from its machine. Tests bring their own, so that nothing ever sleeps. */
export interface Surroundings {
  /** Unix milliseconds by the terminal's own, possibly wrong, clock. */
  now(): number;
  /** Runs `action` once after `millis`; the answer cancels it. */
  after(millis: number, action: () => void): () => void;
  random(length: number): Uint8Array;
  /** Milliseconds since `boot`, by a clock that runs on whatever the other one is set to. */
  monotonic(): number;
  /** A UUID that is another one whenever `monotonic` may have begun anew. */
  readonly boot: string;
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
  ...runningClock(),
};

/** The machine's own time since it was started, where it says which start that was; else the program's. */
function runningClock(): Pick<Surroundings, 'monotonic' | 'boot'> {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { boot, monotonic: () => Math.floor(uptime() * 1000) };
  } catch {
    return { boot: randomUUID(), monotonic: () => Math.floor(performance.now()) };
  }
}
