import type { PlannedSale } from './plan-lunch.js';

/** Somebody before a gate: on the way in, or on the way out. */
export type PlannedPassage = {
  readonly direction: 'entry' | 'exit';
  /** Until which second of the day somebody who comes in stays; nothing on the way out. */
  readonly staysUntil: number | null;
};

export type DaySale = PlannedSale & {
  /** Index of the place, and of the till at it. */
  readonly place: number;
  readonly till: number;
  /** Seconds since midnight: when the student came, and when it was their turn. */
  readonly cameAt: number;
  readonly turnAt: number;
  /** Null where it is no gate. */
  readonly passage: PlannedPassage | null;
};
