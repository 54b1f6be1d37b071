import type { Bench } from '../bench.js';
import { onServer } from '../campus/campus-database.js';
import { median } from '../figures/latencies.js';
import { ratio } from '../figures/marks.js';
import type { Pgbench } from '../yardsticks/pgbench.js';
import * as yardstick from '../yardsticks/pgbench.js';
import type { LedgerPath } from './measure-ledger.js';

const inFlight = 64;
const connections = [32, 64];
/** pgbench counts whole seconds, and spends the first one on its connections when a machine is busy. */
const leastSeconds = 2;

/** The ledger path and its yardsticks, taking turns: what a noisy machine does to one it does to all. */
export async function compareWithYardsticks(
  bench: Bench,
  path: LedgerPath,
  pgbench: Pgbench,
): Promise<void> {
  const { quick, rounds } = bench.asked;
  const seen = { pgbench: [] as number[], oneCommit: [] as number[], ledger: [] as number[] };
  const p99: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    if (bench.wants('pgbench')) {
      await onServer(bench.server, 'checkpoint');
      const seconds = Math.max(
        leastSeconds,
        Math.round(bench.lengths(quick ? 3 : 10).forMs / 1000),
      );
      const { tps, latencyMs } = await pgbench.run(seconds);
      seen.pgbench.push(tps);
      bench.say(
        `pgbench: ${tps.toFixed(0)} tps in ${seconds} s, mean ${latencyMs.toFixed(1)} ms ` +
          `(-s ${yardstick.scale} -c ${yardstick.clients} -j ${yardstick.threads} -M prepared)`,
      );
    }
    if (bench.wants('one-commit')) {
      const windows = [];
      for (const count of quick ? connections.slice(0, 1) : connections) {
        await onServer(bench.server, 'checkpoint');
        const window = await path.measureOneCommitPerSale(count, quick ? 2 : 5);
        windows.push(bench.keep(`one commit per sale, ${count} connections`, window).perSecond);
      }
      seen.oneCommit.push(Math.max(...windows));
    }
    if (bench.wants('ledger')) {
      await onServer(bench.server, 'checkpoint');
      const window = await path.measure(inFlight, 'spread', quick ? 2 : 8);
      bench.keep('ledger path', window);
      seen.ledger.push(window.perSecond);
      p99.push(window.latency.p99);
    }
  }
  const { figures } = bench;
  if (seen.pgbench.length > 0) figures.pgbenchTps = median(seen.pgbench);
  if (seen.oneCommit.length > 0) figures.oneCommitPerSaleTps = median(seen.oneCommit);
  if (seen.ledger.length > 0) {
    figures.ledgerPostsPerSecondAt64 = median(seen.ledger);
    figures.ledgerP99MsAt64 = median(p99);
  }
  bench.notes['rounds'] = seen;
}

/** How the path answers when few or many are in flight; alone, beside the bare call. */
export async function sweepInFlight(bench: Bench, path: LedgerPath): Promise<void> {
  const { quick, rounds } = bench.asked;
  const alone: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const bare = await path.measureBareCall(quick ? 1 : 3);
    bench.keep('bare call', bare);
    const batched = await path.measure(1, 'spread', quick ? 1 : 3);
    bench.keep('ledger path', batched);
    alone.push(ratio(batched.latency.p50, bare.latency.p50) ?? Number.NaN);
  }
  bench.figures.aloneOverBareCall = median(alone);
  for (const count of [8, 256])
    bench.keep('ledger path', await path.measure(count, 'spread', quick ? 1 : 5));
}

/** A thousand terminals at one merchant, and as many at sixty-four, three times in turn. */
export async function compareHotMerchant(bench: Bench, path: LedgerPath): Promise<void> {
  const { quick } = bench.asked;
  const ratios: number[] = [];
  for (let turn = 1; turn <= 3; turn += 1) {
    const spread = await path.measure(inFlight, 'spread', quick ? 1 : 6);
    bench.keep('spread merchants', spread);
    const hot = await path.measure(inFlight, 'hot', quick ? 1 : 6);
    bench.keep('hot merchant', hot);
    ratios.push(hot.perSecond / spread.perSecond);
  }
  bench.figures.hotOverSpread = median(ratios);
  bench.notes['hotOverSpreadTurns'] = ratios;
}
