import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { CampusClock } from '../../bench/campus/campus-clock.js';
import { databaseUrl, environmentOf } from '../../bench/campus/campus-database.js';
import { CodeCounters } from '../../bench/campus/code-counters.js';
import { readConfig } from '../../src/platform/config/app-config.js';
import { makeKeysFile, openKeyRing } from '../../src/platform/config/key-ring.js';
import { Dice } from '../../terminal-sim/dice.js';
import { database, FaultyCampus } from './campus.js';
import { checkHistory, type Violation } from './check-history.js';
import { History } from './history.js';
import { consumersBehind, readKept } from './read-kept.js';
import { SignedCalls } from './signed-calls.js';
import { FaultTerminal } from './terminal.js';

export type FaultsOptions = {
  readonly workDir: string;
  readonly processes: number;
  readonly seed: number;
  readonly seconds: number;
  readonly terminals: number;
};

export type Outcome = {
  readonly counts: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
};

/** Enough for a phone's twelve codes to outlast the sales of its ninety seconds. */
const cards = 6_000;
/** One card in so many is frozen, so that there is something to decline. */
const frozenEach = 15;
const leastBetweenKillsMs = 800;
const mostBetweenKillsMs = 3_500;
const catchUpMs = 60_000;

export async function runFaults(options: FaultsOptions): Promise<Outcome> {
  const { workDir, processes, seed, seconds, terminals } = options;
  const history = new History(path.join(workDir, 'history.jsonl'));
  makeKeysFile(path.join(workDir, 'keys.json'));
  const campus = await FaultyCampus.open(workDir, { cards, terminals }, processes);
  const owner = new pg.Pool({ connectionString: databaseUrl(campus.server, database), max: 2 });
  owner.on('error', () => undefined);
  try {
    await owner.query(`update cards.card set status = 'frozen' where id % $1 = 0`, [frozenEach]);
    const clock = new CampusClock(owner);
    await clock.leap();
    const config = readConfig(environmentOf(campus.server, database));
    const { answerKey } = openKeyRing(config);
    const nowMs = (): number => clock.nowMs();
    const around = {
      ports: campus.ports,
      serviceName: config.SERVICE_NAME,
      answerKey: answerKey.publicKey,
      nowMs,
    };
    const codes = new CodeCounters(cards, clock);
    let goesOn = true;
    const selling = Array.from({ length: terminals }, (_, index) => {
      const calls = new SignedCalls(index + 1, around);
      const dice = new Dice(seed + index);
      return new FaultTerminal(index + 1, { history, calls, codes, dice, nowMs }).work(
        () => goesOn,
      );
    });
    const killed = await killFor(seconds, campus, history, new Dice(seed - 1)).finally(() => {
      goesOn = false;
    });
    await Promise.all(selling);
    await untilHeard(owner);
    const violations = checkHistory(history.operations(), await readKept(owner));
    const asked = { ...countsOf(history), ...killed };
    return { counts: asked, violations: [...violations, ...unaskedOf(campus), ...idleOf(asked)] };
  } finally {
    await owner.end();
    await campus.close();
  }
}

/** Kills something now and then, at last one of each kind, and leaves everything running. */
async function killFor(
  seconds: number,
  campus: FaultyCampus,
  history: History,
  dice: Dice,
): Promise<Record<string, number>> {
  const kills = { 'service kills': 0, 'PostgreSQL kills': 0 };
  const deadline = performance.now() + seconds * 1_000;
  while (performance.now() < deadline || Object.values(kills).includes(0)) {
    await wait(dice.between(leastBetweenKillsMs, mostBetweenKillsMs));
    const turn = kills['service kills'] + kills['PostgreSQL kills'];
    const isPostgres = turn < 2 ? turn === 1 : dice.throw() < 0.4;
    const port = campus.ports[dice.between(0, campus.ports.length - 1)] ?? 0;
    history.mention(isPostgres ? 'PostgreSQL is killed' : `the service at ${port} is killed`);
    await (isPostgres ? campus.killPostgres() : campus.killService(port));
    history.mention('it runs again');
    kills[isPostgres ? 'PostgreSQL kills' : 'service kills'] += 1;
  }
  // Time to sell once more while nothing is killed.
  await wait(mostBetweenKillsMs);
  return kills;
}

/** Who is still behind after that is told by the check. */
async function untilHeard(owner: pg.Pool): Promise<void> {
  const deadline = performance.now() + catchUpMs;
  while ((await consumersBehind(owner)).length > 0 && performance.now() < deadline) await wait(100);
}

function countsOf(history: History): Record<string, number> {
  const counts: Record<string, number> = { approved: 0, declined: 0, unknown: 0 };
  for (const { ending } of history.operations()) {
    const what =
      ending.end === 'verdict'
        ? ending.verdict.verdict
        : ending.end === 'reversal'
          ? `reversals ${ending.reversal.outcome}`
          : ending.end === 'refused'
            ? `refused for ${ending.code}`
            : 'unknown';
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

const unaskedOf = ({ unasked }: FaultyCampus): Violation[] =>
  unasked.map((detail) => ({ rule: 'no process ends by itself', about: 'the service', detail }));

/** A run in which nothing happened proves nothing. */
const idleOf = (counts: Readonly<Record<string, number>>): Violation[] =>
  ['approved', 'declined', 'unknown']
    .filter((what) => (counts[what] ?? 0) === 0)
    .map((what) => ({ rule: 'a run has something of everything', about: what, detail: '' }));
