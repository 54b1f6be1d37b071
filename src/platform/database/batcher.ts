import { invariant } from '../errors/problem.js';
import { isDatabaseWeather } from './weather.js';

const batchMax = 256;
/** A batch smaller than this is not worth dividing over two lanes: most of its cost is the call itself. */
const shareMin = 32;

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly keys: readonly string[];
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/**
 * Natural batching: what is there is sent at once, as long as a lane is free; what comes while all are busy is the next
 * batch. No timer, so a lone item waits for nobody. Items that share a key are never under way together, and keep their
 * order. A batch that fails is tried again item by item, so that one item's error is only its own.
 */
export class Batcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private readonly freeLanes: number[];
  private readonly underWay = new Set<string>();
  private sending = false;

  /**
   * @param post sends a batch over the lane of that number, counted from 0; results in the order of the items
   * @param lanes how many batches may be under way at once
   */
  constructor(
    private readonly keysOf: (item: Item) => readonly string[],
    private readonly post: (items: readonly Item[], lane: number) => Promise<readonly Result[]>,
    lanes = 1,
  ) {
    this.freeLanes = Array.from({ length: lanes }, (_, lane) => lane);
  }

  submit(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, keys: this.keysOf(item), resolve, reject });
      if (!this.sending) this.sendSoon();
    });
  }

  /** Requests that arrived in the same turn of the event loop travel together. */
  private sendSoon(): void {
    this.sending = true;
    queueMicrotask(() => {
      this.sending = false;
      this.sendWaiting();
    });
  }

  private sendWaiting(): void {
    while (this.waiting.length > 0 && this.freeLanes.length > 0) {
      const batch = this.nextBatch();
      if (batch.length === 0) return;
      const lane = this.freeLanes.shift() ?? 0;
      void this.send(batch, lane).then(() => {
        // The lane used last is the one that is warm.
        this.freeLanes.unshift(lane);
        for (const key of batch.flatMap(({ keys }) => keys)) this.underWay.delete(key);
        this.sendWaiting();
      });
    }
  }

  /** The next batch for one of the free lanes: its fair share of what waits. */
  private nextBatch(): Waiting<Item, Result>[] {
    const share = Math.max(shareMin, Math.ceil(this.waiting.length / this.freeLanes.length));
    const size = Math.min(batchMax, share);
    const taken = new Set<string>();
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    for (const entry of this.waiting) {
      const fits =
        batch.length < size && !entry.keys.some((key) => taken.has(key) || this.underWay.has(key));
      // A key that has to wait keeps its followers waiting too: their order is the order of arrival.
      for (const key of entry.keys) taken.add(key);
      (fits ? batch : later).push(entry);
    }
    this.waiting = later;
    for (const key of batch.flatMap(({ keys }) => keys)) this.underWay.add(key);
    return batch;
  }

  private async send(batch: readonly Waiting<Item, Result>[], lane: number): Promise<void> {
    const failure = await this.attempt(batch, lane);
    if (failure === undefined) return;
    const rest = [...batch];
    let away = failure.error;
    if (batch.length > 1 && !isDatabaseWeather(failure.error)) {
      for (let one = rest.shift(); one !== undefined; one = rest.shift()) {
        const own = await this.attempt([one], lane);
        if (own === undefined) continue;
        one.reject(own.error);
        // When the database is away, asking once for each item would only lengthen everybody's wait.
        away = own.error;
        if (isDatabaseWeather(away)) break;
      }
    }
    for (const entry of rest) entry.reject(away);
  }

  private async attempt(
    batch: readonly Waiting<Item, Result>[],
    lane: number,
  ): Promise<{ readonly error: unknown } | undefined> {
    try {
      const results = await this.post(
        batch.map(({ item }) => item),
        lane,
      );
      invariant(results.length === batch.length, 'A batch has other answers than items.');
      batch.forEach((entry, index) => entry.resolve(results[index] as Result));
      return undefined;
    } catch (error) {
      return { error };
    }
  }
}
