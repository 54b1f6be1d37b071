import type { MealPeriod } from '../meal-period.js';

/** Campus time zones are whole minutes apart, and so are the ends of meals: within a minute the answer is one. */
const minuteMs = 60_000;

/** Tells which meal it is at an instant, as `places.meal_at` does, quickly for whoever asks again within the minute. */
export class MealClock {
  private readonly format: Intl.DateTimeFormat;
  private minute = Number.NaN;
  private meal: string | null = null;

  constructor(
    private readonly periods: readonly MealPeriod[],
    timeZone: string,
  ) {
    this.format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  /** The code of the meal period; null between meals. */
  at(unixMs: number): string | null {
    const minute = Math.floor(unixMs / minuteMs);
    if (minute === this.minute) return this.meal;
    const time = this.format.format(minute * minuteMs);
    const period = this.periods.find(({ from, until }) => from <= time && time < until);
    this.minute = minute;
    this.meal = period?.code ?? null;
    return this.meal;
  }
}

/** The codes of two periods that overlap, if there are such. */
export function findOverlap(periods: readonly MealPeriod[]): readonly [string, string] | undefined {
  const inOrder = [...periods].sort((one, other) => (one.from < other.from ? -1 : 1));
  for (const [at, period] of inOrder.entries()) {
    const next = inOrder[at + 1];
    if (next !== undefined && next.from < period.until) return [period.code, next.code];
  }
  return undefined;
}
