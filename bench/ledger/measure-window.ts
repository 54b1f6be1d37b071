import { summarize } from '../figures/latencies.js';
import { since, usedBy, usedByServer, usedHere } from '../figures/processor-meter.js';
import type { Window } from '../figures/window.js';
import { batchesHeard, forgetBatches } from './listen-to-calls.js';

export type Loop = {
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly forMs: number;
  /** The first process of PostgreSQL. */
  readonly serverPid: number;
  /** The service's process, where it is not this one. */
  readonly servicePid?: number;
  /** One request and its answer; which of those in flight it is, counted from 0. */
  one(worker: number): Promise<void>;
};

/**
 * A closed loop: so many in flight at any time, the next one goes off when one is answered. What is answered before the
 * warm-up is over or after the end is not counted.
 */
export async function measureWindow(loop: Loop): Promise<Window> {
  const begins = performance.now() + loop.warmUpMs;
  const ends = begins + loop.forMs;
  const millis: number[] = [];
  let stopped: ReturnType<typeof takeStock> | undefined;
  const run = async (worker: number): Promise<void> => {
    for (;;) {
      const sent = performance.now();
      if (sent >= ends) return;
      await loop.one(worker);
      const answered = performance.now();
      if (answered >= begins && answered < ends) millis.push(answered - sent);
    }
  };
  let started = takeStock(loop);
  const atBeginning = setTimeout(() => {
    forgetBatches();
    started = takeStock(loop);
  }, loop.warmUpMs);
  const atEnd = setTimeout(() => {
    stopped = takeStock(loop);
  }, loop.warmUpMs + loop.forMs);
  try {
    await Promise.all(Array.from({ length: loop.inFlight }, (_, worker) => run(worker)));
  } finally {
    clearTimeout(atBeginning);
    clearTimeout(atEnd);
  }
  const over = stopped ?? takeStock(loop);
  return {
    inFlight: loop.inFlight,
    seconds: loop.forMs / 1000,
    count: millis.length,
    perSecond: millis.length / (loop.forMs / 1000),
    latency: summarize(millis),
    processor: {
      client: (over.here - started.here) / Math.max(1, millis.length),
      server: since(started.service, over.service, millis.length),
      database: since(started.database, over.database, millis.length),
    },
    batch: batchesHeard(),
  };
}

const takeStock = ({ serverPid, servicePid }: Loop) => ({
  here: usedHere(),
  service: servicePid === undefined ? null : usedBy(servicePid),
  database: usedByServer(serverPid),
});
