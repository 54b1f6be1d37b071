import type { Surroundings } from '../surroundings.js';

/** A clock that stands still until a test moves it; timers run in the order of their time. */
export class VirtualTime implements Surroundings {
  private timers: { at: number; action: () => void }[] = [];
  private counter = 0;
  private since = 5_000;
  boot = '7d9c2f5e-8a41-4c0b-9f3d-1b6e5a2c4d10';

  constructor(private millis = Date.UTC(2026, 10, 22, 4, 0, 0)) {}

  monotonic(): number {
    return this.since;
  }

  /** Somebody sets the machine's clock; the running one goes on as it was. */
  set(millis: number): void {
    const moved = millis - this.millis;
    this.millis = millis;
    for (const timer of this.timers) timer.at += moved;
  }

  /** The running clock goes back, as only a broken one does. */
  stumble(millis: number): void {
    this.since -= millis;
  }

  /** The machine loses its power and starts again. */
  restart(): void {
    this.since = 1_000;
    this.boot = '0b3f6a77-2e19-4d58-8c64-9e0d7f1a5b23';
  }

  now(): number {
    return this.millis;
  }

  after(millis: number, action: () => void): () => void {
    const timer = { at: this.millis + millis, action };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  random(length: number): Uint8Array {
    this.counter += 1;
    return new Uint8Array(length).fill(this.counter % 256);
  }

  /** Lets time pass, and everything happen that is due meanwhile. */
  async advance(millis: number): Promise<void> {
    const until = this.millis + millis;
    await settle();
    for (;;) {
      const next = this.timers
        .filter(({ at }) => at <= until)
        .reduce<(typeof this.timers)[number] | null>(
          (first, timer) => (first === null || timer.at < first.at ? timer : first),
          null,
        );
      if (next === null) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.pass(next.at);
      next.action();
      await settle();
    }
    this.pass(until);
  }

  private pass(until: number): void {
    this.since += Math.max(0, until - this.millis);
    this.millis = Math.max(this.millis, until);
  }

  /** Lets as much time pass as the promise needs, at most an hour. */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let done = false;
    const finish = () => {
      done = true;
    };
    promise.then(finish, finish);
    await settle();
    for (let step = 0; step < 36_000 && !done; step += 1) await this.advance(100);
    if (!done) throw new Error('nothing happened for an hour');
    return promise;
  }
}

/** Everything that needs no time has happened after some turns of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
