/** The time in which a terminal is certified. */
export interface KitTime {
  /** Unix milliseconds. */
  now(): number;
  after(millis: number, action: () => void): () => void;
  /** Lets so much time pass, and everything happen that is due meanwhile. */
  pass(millis: number): Promise<void>;
  /** Lets as much time pass as the promise needs, at most `mostMillis`. */
  until<Value>(promise: Promise<Value>, mostMillis: number): Promise<Value>;
  /** How far two instants may be from each other and still be meant to be the same. */
  readonly tolerance: number;
}

type Timer = { readonly at: number; readonly action: () => void };

/** A clock that stands still until the kit moves it: a run takes no time, and is the same each time. */
export class VirtualTime implements KitTime {
  readonly tolerance = 0;
  /** How many requests wait for an answer that will not come: then alone does waiting need time. */
  withheld = 0;
  private timers: Timer[] = [];

  constructor(private millis = Date.now()) {}

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

  async pass(millis: number): Promise<void> {
    const until = this.millis + millis;
    await settle();
    for (let next = this.due(until); next !== undefined; next = this.due(until)) {
      const first = next;
      this.timers = this.timers.filter((timer) => timer !== first);
      this.millis = Math.max(this.millis, first.at);
      first.action();
      await settle();
    }
    this.millis = until;
  }

  async until<Value>(promise: Promise<Value>, mostMillis: number): Promise<Value> {
    let done = false;
    const finish = () => {
      done = true;
    };
    promise.then(finish, finish);
    await settle();
    for (let passed = 0; !done;) {
      if (passed >= mostMillis) throw new Error(`nothing happened for ${mostMillis} ms`);
      // Meanwhile a disk may be at work, which knows nothing of this time.
      if (this.withheld === 0) await aMoment();
      else {
        await this.pass(100);
        passed += 100;
      }
    }
    return promise;
  }

  private due(until: number): Timer | undefined {
    return this.timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
  }
}

function aMoment(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}

/** Everything that needs no time has happened after some turns of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** For a terminal with a clock of its own, which may run faster than others by `scale`. */
export class RealTime implements KitTime {
  readonly tolerance: number;
  private readonly began = Date.now();

  constructor(private readonly scale: number) {
    this.tolerance = 400 + 40 * scale;
  }

  now(): number {
    return this.began + (Date.now() - this.began) * this.scale;
  }

  after(millis: number, action: () => void): () => void {
    const timer = setTimeout(action, millis / this.scale);
    return () => {
      clearTimeout(timer);
    };
  }

  pass(millis: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(millis, resolve);
    });
  }

  async until<Value>(promise: Promise<Value>, mostMillis: number): Promise<Value> {
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = this.after(mostMillis, () => {
        reject(new Error(`nothing happened for ${mostMillis} ms`));
      });
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      cancel();
    }
  }
}
