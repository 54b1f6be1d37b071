/** How long things are measured. A short form that has a deadline spends what is left on what is still to be measured. */
export class Pace {
  private left: number;

  /**
   * @param plannedMs of all windows together, warm-ups included
   * @param deadlineMs by `performance.now()`; undefined: nobody waits
   */
  constructor(
    plannedMs: number,
    private readonly deadlineMs: number | undefined,
  ) {
    this.left = plannedMs;
  }

  /** Milliseconds to take for something that was planned to last so long; never less than a quarter of it. */
  take(plannedMs: number): number {
    const factor =
      this.deadlineMs === undefined
        ? 1
        : Math.min(1, Math.max(0.25, (this.deadlineMs - performance.now()) / this.left));
    this.left -= plannedMs;
    return plannedMs * factor;
  }
}
