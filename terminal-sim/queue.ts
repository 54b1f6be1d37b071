import type { PlannedSale } from './plan-lunch.js';

/** How many people the line looks past when the first one's phone has no code to show yet. */
const lookAhead = 64;
const soonest = 10;

export type Next =
  | { readonly sale: PlannedSale }
  /** Nobody can pay before this long, milliseconds. */
  | { readonly wait: number }
  | 'nobody';

/** The people before the tills of one kind: first come, first served, except who has no code yet. */
export class Queue {
  private readonly waiting: PlannedSale[];

  constructor(
    sales: readonly PlannedSale[],
    /** Milliseconds until the student's phone can show a code; Infinity while the student pays. */
    private readonly readyIn: (student: number) => number,
  ) {
    this.waiting = [...sales];
  }

  get length(): number {
    return this.waiting.length;
  }

  /** The next one to pay, who leaves the line. `elapsed` counts from the beginning of the lunch. */
  next(elapsed: number): Next {
    const [first] = this.waiting;
    if (first === undefined) return 'nobody';
    if (first.dueAt > elapsed) return { wait: first.dueAt - elapsed };
    let wait = 1000;
    for (let at = 0; at < Math.min(lookAhead, this.waiting.length); at += 1) {
      const sale = this.waiting[at];
      if (sale === undefined || sale.dueAt > elapsed) break;
      const ready = this.readyIn(sale.student);
      if (ready <= 0) {
        this.waiting.splice(at, 1);
        return { sale };
      }
      wait = Math.min(wait, ready === Infinity ? soonest : ready);
    }
    return { wait: Math.max(soonest, wait) };
  }

  /** Sends everybody home. @returns how many */
  close(): number {
    return this.waiting.splice(0).length;
  }
}
