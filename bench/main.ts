import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeKeysFile } from '../src/platform/config/key-ring.js';
import { projectRoot } from '../src/platform/config/project-root.js';
import { readArguments, usage, UsageError, type Arguments, type Part } from './arguments.js';
import {
  noFigures,
  templateCampus,
  terminalCount,
  type Bench,
  type MeasuredCampus,
} from './bench.js';
import { copyCampus, makeCampus, onServer, type Server } from './campus/campus-database.js';
import { compareHistory } from './history/compare-history.js';
import { hasRoomFor, loadHistory } from './history/load-history.js';
import { compareHttp } from './http/compare-http.js';
import { measureIndex } from './index/measure-index.js';
import { noAnswers } from './figures/answer-count.js';
import { printReport } from './figures/report.js';
import { readTerms } from './figures/terms.js';
import {
  compareHotMerchant,
  compareWithYardsticks,
  sweepInFlight,
} from './ledger/compare-ledger.js';
import { listenToCalls } from './ledger/listen-to-calls.js';
import { LedgerPath } from './ledger/measure-ledger.js';
import { proveBooks, type Books } from './ledger/measured-campus.js';
import { Pace } from './pace.js';
import { findPgbench, type Pgbench } from './yardsticks/pgbench.js';

/**
 * The short form's end, and what must be left of it for proofs and for putting everything away. Of its 50 seconds, the
 * server and the program take some before this clock starts, and some after it has stopped.
 */
const quickMs = 42_000;
const tidyMs = 11_000;
/** All windows of the short form together, without their warm-ups. */
const quickPlanMs = 25_000;

function readServer(): Server {
  const { SERVER_URL: url, SERVER_PID: pid, WORK_DIR: workDir } = process.env;
  if (url === undefined || pid === undefined || workDir === undefined)
    throw new UsageError('Run it with npm run bench: it needs a PostgreSQL to itself.');
  return { url, pid: Number(pid), workDir };
}

function open(asked: Arguments, server: Server): Bench {
  const deadline = asked.quick ? quickMs - tidyMs : undefined;
  const pace = new Pace(quickPlanMs, deadline);
  const bench: Bench = {
    server,
    asked,
    windows: [],
    figures: { ...noFigures },
    notes: {},
    say: (line) => console.log(line),
    wants: (part) => asked.only.has(part),
    lengths: (seconds) => pace.take((asked.seconds ?? seconds) * 1000),
    keep: (name, window) => {
      bench.windows.push({ name, ...window });
      bench.say(
        `${name}, ${window.inFlight} in flight: ${window.perSecond.toFixed(0)}/s, ` +
          `p50 ${window.latency.p50.toFixed(2)} ms, p99 ${window.latency.p99.toFixed(2)} ms`,
      );
      return window;
    },
  };
  return bench;
}

async function openCampus(bench: Bench, name: string): Promise<MeasuredCampus> {
  const size = { cards: bench.asked.cards, terminals: terminalCount };
  const campus = await copyCampus(bench.server, templateCampus, name, size);
  return { ...campus, answers: noAnswers() };
}

async function prepare(bench: Bench, pgbench: Pgbench): Promise<void> {
  const started = performance.now();
  makeKeysFile(path.join(bench.server.workDir, 'keys.json'));
  // The index has databases of its own.
  if ([...bench.asked.only].every((part) => part === 'index')) return;
  const size = { cards: bench.asked.cards, terminals: terminalCount };
  await Promise.all([
    makeCampus(bench.server, templateCampus, size),
    bench.wants('pgbench') ? pgbench.prepare() : undefined,
  ]);
  bench.say(
    `A campus of ${size.cards} cards and ${size.terminals} terminals, in ` +
      `${((performance.now() - started) / 1000).toFixed(1)} s. Yardstick: ${pgbench.what}.`,
  );
}

async function measureLedger(bench: Bench, pgbench: Pgbench): Promise<Books[]> {
  const campus = await openCampus(bench, 'campus_ledger');
  const ledger = await LedgerPath.of(bench, campus);
  try {
    await compareWithYardsticks(bench, ledger, pgbench);
    if (bench.wants('ledger')) await sweepInFlight(bench, ledger);
    if (bench.wants('hot')) await compareHotMerchant(bench, ledger);
    return [await proveBooks(campus)];
  } finally {
    await ledger.close();
    await campus.close();
  }
}

async function measureHttp(bench: Bench): Promise<Books[]> {
  const campus = await openCampus(bench, 'campus_http');
  const idle = await openCampus(bench, 'campus_noop');
  try {
    await compareHttp(bench, campus, idle);
    return [await proveBooks(campus), await proveBooks(idle)];
  } finally {
    await Promise.all([campus.close(), idle.close()]);
  }
}

async function measureHistory(bench: Bench): Promise<Books[]> {
  if (!(await hasRoomFor(bench))) {
    bench.say(`There is no room on the disk for ${bench.asked.history} payments of history.`);
    return [];
  }
  const history = await openCampus(bench, 'campus_history');
  const empty = await openCampus(bench, 'campus_empty');
  try {
    const loaded = await loadHistory(bench, history);
    await compareHistory(bench, history, empty);
    bench.say('Proving the books, history included ...');
    return [await proveBooks(history, loaded), await proveBooks(empty)];
  } finally {
    await Promise.all([history.close(), empty.close()]);
  }
}

async function run(asked: Arguments): Promise<boolean> {
  const loadBefore = os.loadavg()[0] ?? 0;
  const bench = open(asked, readServer());
  const terms = await readTerms(bench.server, loadBefore);
  const pgbench = findPgbench(bench.server);
  listenToCalls();
  await prepare(bench, pgbench);
  await onServer(bench.server, 'checkpoint');
  const books: Books[] = [];
  if (['pgbench', 'one-commit', 'ledger', 'hot'].some((part) => asked.only.has(part as Part)))
    books.push(...(await measureLedger(bench, pgbench)));
  if (bench.wants('http') || bench.wants('noop')) books.push(...(await measureHttp(bench)));
  if (bench.wants('index')) await measureIndex(bench);
  if (bench.wants('history')) books.push(...(await measureHistory(bench)));
  const marks = printReport(bench, terms, books);
  const { figures, windows, notes } = bench;
  const result = {
    ...figures,
    quick: asked.quick,
    cards: asked.cards,
    terms,
    pgbench: pgbench.what,
    marks,
    books,
    windows,
    notes,
  };
  store(result, asked);
  return books.every(({ hold }) => hold);
}

function store(result: object, { json }: Arguments): void {
  const text = `${JSON.stringify(result, null, 2)}\n`;
  const folder = path.join(projectRoot, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const name = `${new Date().toISOString().replaceAll(':', '-')}.json`;
  writeFileSync(path.join(folder, name), text);
  if (json !== undefined) writeFileSync(path.resolve(json), text);
  console.log(`Kept in bench/results/${name}${json === undefined ? '' : ` and ${json}`}`);
}

try {
  const asked = readArguments(process.argv.slice(2));
  if (asked === 'help') {
    console.log(usage);
    process.exit(0);
  }
  process.exit((await run(asked)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : error);
  process.exit(error instanceof UsageError ? 2 : 1);
}
