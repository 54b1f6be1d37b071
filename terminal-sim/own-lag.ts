import { percentile } from './latency.js';

/** How late this program itself was, milliseconds. */
export type Lateness = { readonly p50Ms: number; readonly p99Ms: number; readonly mostMs: number };

const everyMs = 10;
/** Up to here it is a timer's usual inaccuracy. */
export const quietMs = 20;

/**
 * Watches how late this program's own event loop is. A client that could not look in time at an answer measures itself,
 * and not the service: what it measured meanwhile is told apart.
 */
export class OwnLag {
  private readonly all: number[] = [];
  /** Spans in which nothing else could happen, unix milliseconds, in their order. */
  private readonly stalls: { readonly from: number; readonly until: number }[] = [];
  private timer: NodeJS.Timeout | undefined;

  start(): void {
    let expected = performance.now() + everyMs;
    this.timer = setInterval(() => {
      const now = performance.now();
      this.note(Math.max(0, now - expected), Date.now());
      expected = now + everyMs;
    }, everyMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  note(lateMs: number, until: number): void {
    this.all.push(lateMs);
    if (lateMs > quietMs) this.stalls.push({ from: until - lateMs, until });
  }

  /** Whether this program stood still at some time in between. */
  disturbed(from: number, until: number): boolean {
    let [low, high] = [0, this.stalls.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.stalls[middle]?.until ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    const first = this.stalls[low];
    return first !== undefined && first.from <= until;
  }

  lateness(): Lateness {
    const mostMs = this.all.reduce((most, one) => Math.max(most, one), 0);
    return {
      p50Ms: percentile(this.all, 0.5) ?? 0,
      p99Ms: percentile(this.all, 0.99) ?? 0,
      mostMs: Math.round(mostMs * 10) / 10,
    };
  }
}
