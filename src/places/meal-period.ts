import type { LocalName } from './place.js';

/** When the campus eats one meal: from a minute until before another, `HH:MM` in campus time; never over midnight. */
export type MealPeriod = {
  readonly code: string;
  readonly name: LocalName;
  readonly from: string;
  /** At most `24:00`. */
  readonly until: string;
};
