import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { modulesFromTheGroundUp } from '../../src/module-graph.js';
import { readConfig } from '../../src/platform/config/app-config.js';
import { migrateDatabase } from '../../src/platform/database/migrate-database.js';
import type { Bench } from '../bench.js';
import { environmentOf, onServer } from '../campus/campus-database.js';
import { fillPhones } from './fill-phones.js';
import type { IndexFigures } from './read-phones.js';

/** Phones, and the seconds in which a service that starts should have read them. */
const sizes = [
  { phones: 50_000, wantedSeconds: 3 },
  { phones: 1_000_000, wantedSeconds: 30 },
] as const;

const program = fileURLToPath(new URL('./read-phones.js', import.meta.url));

/** How long a service that starts reads its phones, and what the index costs then; in a process of its own. */
export async function measureIndex(bench: Bench): Promise<void> {
  const found: (IndexFigures & { wantedSeconds: number })[] = [];
  for (const { phones, wantedSeconds } of sizes.slice(0, bench.asked.quick ? 1 : sizes.length)) {
    const name = `campus_index_${phones}`;
    await onServer(bench.server, `create database ${name}`);
    const environment = environmentOf(bench.server, name);
    const config = readConfig(environment);
    await migrateDatabase(config, modulesFromTheGroundUp);
    await fillPhones(config, phones);
    await onServer(bench.server, 'checkpoint');
    const { stdout } = await promisify(execFile)(process.execPath, [program], {
      env: { ...process.env, ...environment },
    });
    const figures = JSON.parse(stdout) as IndexFigures;
    found.push({ ...figures, wantedSeconds });
    bench.say(lineOf(figures, wantedSeconds));
    await onServer(bench.server, `drop database ${name} with (force)`);
  }
  bench.notes['index'] = found;
}

const lineOf = (figures: IndexFigures, wantedSeconds: number): string =>
  `${figures.loadSeconds <= wantedSeconds ? '✓' : '✗'} Index of ${figures.phones} phones: read in ` +
  `${figures.loadSeconds.toFixed(1)} s (wanted: ${wantedSeconds} s), ${figures.processorSeconds.toFixed(1)} s of ` +
  `processor time, ${figures.memoryMiB.toFixed(0)} MiB; a table in ${figures.tableSeconds.toFixed(2)} s, ` +
  `a miss in ${figures.missMicros.toFixed(1)} µs, the longest pause ${figures.longestPauseMs.toFixed(0)} ms`;
