/** Milliseconds since 1970, UTC. */
export type Clock = () => number;

export type ClockChange = { now?: string; offsetMs?: number; advanceMs?: number };

/** A clock that an admin route can move, so that a test reaches tomorrow without waiting for it. */
export class MovableClock {
  private offset = 0;

  constructor(readonly base: Clock = Date.now) {}

  readonly now = (): number => this.base() + this.offset;

  get offsetMs(): number {
    return this.offset;
  }

  setOffset(offsetMs: number): void {
    this.offset = offsetMs;
  }

  /** Returns false, and changes nothing, when the change names no valid instant or span. */
  change(change: ClockChange): boolean {
    const next =
      change.now !== undefined
        ? Date.parse(change.now) - this.base()
        : change.offsetMs !== undefined
          ? change.offsetMs
          : this.offset + (change.advanceMs ?? Number.NaN);
    if (!Number.isFinite(next)) return false;
    this.offset = Math.round(next);
    return true;
  }
}

const CAMPUS_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China (UTC+8, no summer time since 1991), as YYYY-MM-DD. */
export function campusDate(at: number): string {
  return new Date(at + CAMPUS_OFFSET_MS).toISOString().slice(0, 10);
}

/** The wall clock in China, as YYYY-MM-DD HH:MM. */
export function campusTime(at: number): string {
  return new Date(at + CAMPUS_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}
