/**
 * A process that does what a service does when it starts: reads all phones and builds their index. It prints one line of
 * JSON, an `IndexFigures`.
 */
import 'reflect-metadata';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { matchCode } from '../../src/payment-codes/domain/match-code.js';
import { hotpOnce } from '../../src/payment-codes/domain/prepared-hmac.js';
import { LiveIndex } from '../../src/payment-codes/threads/live-index.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { readConfig } from '../../src/platform/config/app-config.js';
import { openKeyRing } from '../../src/platform/config/key-ring.js';
import { createDataSource } from '../../src/platform/database/data-source.js';

export type IndexFigures = {
  readonly phones: number;
  /** From the start of reading until the first code can be looked up. */
  readonly loadSeconds: number;
  /** Processor time of this process for that, all threads together. */
  readonly processorSeconds: number;
  /** The longest that the service's own thread could not answer meanwhile. */
  readonly longestPauseMs: number;
  /** One table, as it is built ahead for each epoch; in the index's thread. */
  readonly tableSeconds: number;
  /** Resident memory that reading added, both threads. */
  readonly memoryMiB: number;
  /** To look up a code that is nobody's, in all accepted epochs, and to try as many passwords as for a hit. */
  readonly missMicros: number;
};

const tries = 20_000;

async function measure(): Promise<IndexFigures> {
  const config = readConfig();
  const database = await createDataSource(config).initialize();
  const clock = new Clock(database);
  await clock.settle();
  const silent = () => undefined;
  const logger = { log: silent, warn: console.error, error: console.error, debug: silent };
  const live = new LiveIndex(database, clock, openKeyRing(config), logger);
  const before = process.memoryUsage().rss;
  const cpuBefore = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  await live.open();
  await live.keepUp();
  const loadSeconds = (performance.now() - started) / 1_000;
  delay.disable();
  const { user, system } = process.cpuUsage(cpuBefore);
  const memoryMiB = (process.memoryUsage().rss - before) / 2 ** 20;
  const building = performance.now();
  await live.buildAhead();
  const tableSeconds = (performance.now() - building) / 1_000;
  const looking = performance.now();
  for (let at = 0; at < tries; at += 1)
    matchCode(
      live.index,
      { alias: String(at).padStart(9, '0'), otp: '00000000' },
      live.step,
      hotpOnce,
    );
  const missMicros = ((performance.now() - looking) * 1_000) / tries;
  const phones = live.index.size;
  await live.close();
  await database.destroy();
  return {
    phones,
    loadSeconds,
    processorSeconds: (user + system) / 1e6,
    longestPauseMs: delay.max / 1e6,
    tableSeconds,
    memoryMiB,
    missMicros,
  };
}

console.log(JSON.stringify(await measure()));
