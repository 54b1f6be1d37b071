/** A window's length, and that of the warm-up before it, in milliseconds. */
export type Lengths = { readonly warmUpMs: number; readonly forMs: number };

const warmUpMaxMs = 2_000;
const warmUpPart = 1 / 3;
/** However late it is, nothing is measured for less than this part of what was planned. */
const leastPart = 0.25;

/** How long things are measured. A form that has a deadline spends what is left on what is still to be measured. */
export class Pace {
  /**
   * @param leftMs of all windows that are planned, without their warm-ups
   * @param deadlineMs by `performance.now()`; undefined: nobody waits
   */
  constructor(
    private leftMs: number,
    private readonly deadlineMs: number | undefined,
  ) {}

  take(plannedMs: number): Lengths {
    const forMs = plannedMs * this.part();
    this.leftMs = Math.max(plannedMs, this.leftMs - plannedMs);
    return { forMs, warmUpMs: Math.min(warmUpMaxMs, forMs * warmUpPart) };
  }

  private part(): number {
    if (this.deadlineMs === undefined) return 1;
    const timeMs = this.deadlineMs - performance.now();
    return Math.min(1, Math.max(leastPart, timeMs / (this.leftMs * (1 + warmUpPart))));
  }
}
