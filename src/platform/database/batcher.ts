import { isDatabaseWeather } from './weather.js';

const batchMax = 256;

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly keys: readonly string[];
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/**
 * Natural batching: what is there is sent at once; what comes while a batch is in flight is the next batch. No timer, so a
 * lone item waits for nobody. Items that share a key go into different batches, in their order. A batch that fails is
 * tried again item by item, so that one item's error is only its own.
 */
export class Batcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private inFlight = false;

  constructor(
    private readonly keysOf: (item: Item) => readonly string[],
    private readonly post: (items: readonly Item[]) => Promise<readonly Result[]>,
  ) {}

  submit(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, keys: this.keysOf(item), resolve, reject });
      if (!this.inFlight) void this.sendAll();
    });
  }

  private async sendAll(): Promise<void> {
    this.inFlight = true;
    // Requests that arrived in the same turn of the event loop travel together.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.send(this.nextBatch());
    this.inFlight = false;
  }

  private nextBatch(): Waiting<Item, Result>[] {
    const taken = new Set<string>();
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    for (const entry of this.waiting) {
      const fits = batch.length < batchMax && !entry.keys.some((key) => taken.has(key));
      // A key that has to wait keeps its followers waiting too: their order is the order of arrival.
      for (const key of entry.keys) taken.add(key);
      (fits ? batch : later).push(entry);
    }
    this.waiting = later;
    return batch;
  }

  private async send(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.post(batch.map(({ item }) => item));
      batch.forEach((entry, index) => entry.resolve(results[index] as Result));
    } catch (error) {
      // When the database is away, asking once for each item would only lengthen everybody's wait.
      if (batch.length === 1 || isDatabaseWeather(error)) {
        for (const entry of batch) entry.reject(error);
        return;
      }
      for (const entry of batch) await this.send([entry]);
    }
  }
}
