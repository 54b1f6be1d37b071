/**
 * Runs one of the project's programs: node local/with-build.mjs [--NEED] SCRIPT ARGUMENTS...
 *
 * --database  the program needs the database: of DATABASE_URL, of the instance that runs on this data folder, or,
 *             when none runs, the folder's own server for as long as the program takes
 * --service   the program needs a running service: one is started and stopped when none runs on this data folder
 * --campus    the same, unless the program says that it needs a larger campus, or one whose clock may be set: then one is
 *             made for it and thrown away afterwards
 * --server    the program needs a PostgreSQL server to itself, which is thrown away afterwards
 */
import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { build } from './build.mjs';
import { ROOT } from './folders.mjs';
import { installIfNeeded, requireNode } from './install.mjs';
import { readSettings } from './settings.mjs';
import { withThrowAwayServer } from './throw-away-server.mjs';
import { withCampus, withDatabase, withService } from './with-instance.mjs';

const needs = {
  '--database': withDatabase,
  '--service': withService,
  '--campus': withCampus,
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
  const program = [path.join(ROOT, script), ...args];
  const run = (/** @type {NodeJS.ProcessEnv} */ env) => runProgram(program, env);
  return need ? need(settings, run, (more) => askProgram([...program, ...more])) : run({});
}

/**
 * @param {string[]} args
 * @returns {Promise<string | null>} null when it refused, having said why
 */
function askProgram(args) {
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      if (error) console.error(stderr.trimEnd());
      resolve(error ? null : stdout);
    });
  });
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
