import { statfs } from 'node:fs/promises';
import pg from 'pg';
import type { Bench, MeasuredCampus } from '../bench.js';
import { vacuumFilled } from '../campus/build-campus.js';
import { onServer } from '../campus/campus-database.js';
import { spreadMerchants } from '../campus/campus-plan.js';
import { planHistory, statements, type HistoryPlan } from './history-sql.js';

/** Measured: what a payment of history takes on the disk with everything that belongs to it, and some room. */
const bytesPerPayment = 2_800;
const months = 5;

/** @returns false when the disk has no room for it. */
export async function hasRoomFor(bench: Bench): Promise<boolean> {
  const { bavail, bsize } = await statfs(bench.server.workDir);
  return bavail * bsize > bench.asked.history * bytesPerPayment;
}

/**
 * Loads payments of months past with all that belongs to them: entries, postings, deltas, order numbers and events, as if
 * every card had paid in turn. Balances and their chains are those of the sales, so that the proofs hold.
 * @returns how many payments there are now
 */
export async function loadHistory(bench: Bench, campus: MeasuredCampus): Promise<number> {
  await makePastPartitions(campus);
  const plan = await planHistory(campus, { payments: bench.asked.history, months });
  await loosen(bench);
  try {
    const started = performance.now();
    const { payments, books } = statements(plan);
    await Promise.all([
      loadChunks(campus, plan, payments, (done) => tellProgress(bench, done, plan, started)),
      loadChunks(campus, plan, books),
    ]);
    await campus.owner.query(statements(plan).balances);
    await vacuumFilled(campus.owner);
  } finally {
    await tighten(bench);
  }
  await noteSize(bench, campus, plan);
  return plan.count;
}

async function noteSize(
  { notes, say }: Bench,
  { owner }: MeasuredCampus,
  { count }: HistoryPlan,
): Promise<void> {
  const { rows } = await owner.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  );
  const bytes = Number(rows[0]?.bytes);
  notes['historyBytes'] = bytes;
  say(`${(bytes / 1e9).toFixed(1)} GB, ${Math.round(bytes / count)} bytes for each payment`);
}

/** Months get their partitions as they come; here they are made to come once more. */
async function makePastPartitions({ owner }: MeasuredCampus): Promise<void> {
  const { rows } = await owner.query<{ now: string }>('select platform.now()::text as now');
  const now = rows[0]?.now;
  for (let back = months; back >= 1; back -= 1) {
    await owner.query(
      'select platform.set_clock($1::timestamptz - make_interval(months => $2), 1)',
      [now, back],
    );
    await owner.query('select platform.make_partitions()');
  }
  await owner.query('select platform.set_clock($1, 1)', [now]);
}

async function loadChunks(
  { config }: MeasuredCampus,
  { count, chunk }: HistoryPlan,
  sqls: readonly string[],
  tell?: (done: number) => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: config.ownerUrl,
    options: '-c timezone=UTC -c synchronous_commit=off',
  });
  await client.connect();
  try {
    for (let from = 1; from <= count; from += chunk) {
      const until = Math.min(count, from + chunk - 1);
      for (const sql of sqls) await client.query(sql, [from, until]);
      tell?.(until);
    }
  } finally {
    await client.end();
  }
}

function tellProgress(bench: Bench, done: number, { count }: HistoryPlan, started: number): void {
  const seconds = (performance.now() - started) / 1000;
  if (done < count && done % 1_000_000 !== 0) return;
  bench.say(`History: ${done} payments of ${spreadMerchants} merchants in ${seconds.toFixed(0)} s`);
}

/** Only for the loading: checkpoints would write every page many times. */
const loosen = ({ server }: Bench): Promise<void> =>
  onServer(
    server,
    `alter system set max_wal_size = '8GB'`,
    `alter system set checkpoint_timeout = '1h'`,
    'alter system set autovacuum = off',
    'select pg_reload_conf()',
  );

const tighten = ({ server }: Bench): Promise<void> =>
  onServer(
    server,
    'alter system reset max_wal_size',
    'alter system reset checkpoint_timeout',
    'alter system reset autovacuum',
    'select pg_reload_conf()',
    'checkpoint',
  );
