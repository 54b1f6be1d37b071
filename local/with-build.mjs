/**
 * Runs one of the project's programs: node local/with-build.mjs [--NEED] SCRIPT ARGUMENTS...
 *
 * --database  the program needs the database: of DATABASE_URL, of the instance that runs on this data folder, or,
 *             when none runs, the folder's own server for as long as the program takes
 * --service   the program needs a running service: one is started and stopped when none runs on this data folder
 * --server    the program needs a PostgreSQL server to itself, which is thrown away afterwards
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from './build.mjs';
import { ROOT } from './folders.mjs';
import { installIfNeeded, requireNode } from './install.mjs';
import { readSettings } from './settings.mjs';
import { withThrowAwayServer } from './throw-away-server.mjs';
import { withDatabase, withService } from './with-instance.mjs';

const needs = {
  '--database': withDatabase,
  '--service': withService,
  '--server': withThrowAwayServer,
};

async function main() {
  requireNode();
  const [first = '', ...rest] = process.argv.slice(2);
  const need = first in needs ? needs[/** @type {keyof typeof needs} */ (first)] : null;
  const [script = '', ...args] = need ? rest : [first, ...rest];
  await installIfNeeded({ development: false });
  if (!(await build())) return 1;
  const settings = await readSettings(process.env);
  const run = (/** @type {NodeJS.ProcessEnv} */ env) =>
    runProgram([path.join(ROOT, script), ...args], env);
  return need ? need(settings, run) : run({});
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env beside this process's own
 * @returns {Promise<number>} the program's exit code
 */
function runProgram(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    // Ctrl-C at a terminal reaches the program by itself; a second one would look like impatience.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

try {
  process.exit(await main());
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exit(1);
}
