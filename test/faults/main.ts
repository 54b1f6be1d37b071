/**
 * npm run faults: terminals sell to one process of the service and to two, while processes and PostgreSQL are killed at
 * random moments. At the end what the terminals saw is held against what the service has.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runFaults, type Outcome } from './run-faults.js';

const usage = `npm run faults -- [--seed NUMBER] [--seconds NUMBER] [--processes 1|2] [--terminals NUMBER]

--seed       what chance decides; printed at the start, so that a run can be repeated as far as chance is concerned
--seconds    how long the terminals sell, for each number of processes (20)
--processes  of the service; left out: one, and then two
--terminals  that sell at a time (24)`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      seconds: { type: 'string', default: '20' },
      processes: { type: 'string' },
      terminals: { type: 'string', default: '24' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  const runs = values.processes === undefined ? [1, 2] : [Number(values.processes)];
  let holds = true;
  for (const processes of runs) {
    const workDir = mkdtempSync(path.join(os.tmpdir(), 'campus-paycode-faults-'));
    console.log(`${processes} of the service, seed ${seed}`);
    const outcome = await runFaults({
      workDir,
      processes,
      seed,
      seconds: Number(values.seconds),
      terminals: Number(values.terminals),
    });
    holds = report(outcome, workDir) && holds;
  }
  return holds ? 0 : 1;
}

const shown = 20;

function report({ counts, violations }: Outcome, workDir: string): boolean {
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  console.log(`  ${told.join(', ')}`);
  if (violations.length === 0) {
    rmSync(workDir, { recursive: true, force: true, maxRetries: 10 });
    console.log('  Every word was kept.');
    return true;
  }
  for (const { rule, about, detail } of violations.slice(0, shown))
    console.log(`  BROKEN: ${rule}\n    ${about} ${detail}`);
  console.log(`  ${violations.length} in all; history, logs and database are in ${workDir}`);
  return false;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error);
  process.exit(2);
}
