/** Brings up the parts of one instance in their order: PostgreSQL, the simulated world, the service. */
import fs from 'node:fs';
import path from 'node:path';
import { runStep, startProgram } from './child-process.mjs';
import { ROOT } from './folders.mjs';
import { noteChild } from './instance.mjs';
import { keepAlive } from './keep-alive.mjs';
import { answers, rememberedPort } from './ports.mjs';
import { startCluster } from './postgres/cluster.mjs';
import { createDatabaseIfMissing } from './postgres/database.mjs';

/**
 * @typedef {object} Bringing
 * @property {import('./settings.mjs').Settings} settings
 * @property {AbortSignal} signal gives up
 * @property {(line: string) => void} say
 * @property {{ stop: () => Promise<void>, kill: () => void }[]} parts what is up so far, in the order of its start
 */

/**
 * The built-in server with the database of the campus, on the port it had before.
 * @param {Bringing} bringing
 * @returns {Promise<string>} the database's address
 */
export async function bringUpPostgres({ settings, signal, say, parts }) {
  const port = await rememberedPort(settings.dataDir, 'postgres');
  const dir = path.join(settings.dataDir, 'postgres');
  let url = '';
  let adminUrl = '';
  const start = async () => {
    const cluster = await startCluster({ dir, port });
    noteChild(settings.dataDir, cluster.pid);
    url = cluster.url('campus');
    adminUrl = cluster.url();
    return cluster;
  };
  parts.push(await keepAlive({ name: 'PostgreSQL', start, say }, signal));
  await createDatabaseIfMissing(adminUrl, 'campus');
  return url;
}

/**
 * A simulated party outside the campus, in a process of its own.
 * @param {Bringing} bringing
 * @param {'bank' | 'wechat'} name
 * @param {string[]} [flags] of its own
 * @returns {Promise<string>} its address
 */
export async function bringUpFake({ settings, signal, say, parts }, name, flags = []) {
  const port = await rememberedPort(settings.dataDir, name);
  const state = path.join(settings.dataDir, name);
  fs.mkdirSync(state, { recursive: true });
  const main = path.join(ROOT, 'dist', 'local', 'fakes', name, 'main.js');
  const program = {
    name: `The simulated ${name}`,
    args: [main, '--port', String(port), '--state', state, ...flags],
    env: process.env,
    log: logFile(settings, name),
    isReady: () => answers(port),
    noted: (/** @type {number | undefined} */ pid) => noteChild(settings.dataDir, pid),
  };
  const start = (/** @type {AbortSignal} */ given) => startProgram(program, given);
  parts.push(await keepAlive({ name: program.name, start, say }, signal));
  return `http://127.0.0.1:${port}`;
}

/**
 * @param {Bringing} bringing
 * @param {NodeJS.ProcessEnv} env
 */
export async function bringUpService({ settings, signal, say, parts }, env) {
  const program = {
    name: 'The service',
    args: [path.join(ROOT, 'dist', 'src', 'main.js'), 'all'],
    env,
    log: logFile(settings, 'service'),
    isReady: () => isHealthy(settings.port),
    noted: (/** @type {number | undefined} */ pid) => noteChild(settings.dataDir, pid),
  };
  const start = (/** @type {AbortSignal} */ given) => startProgram(program, given);
  parts.push(await keepAlive({ name: program.name, start, say }, signal));
}

/**
 * @param {Bringing} bringing
 * @param {NodeJS.ProcessEnv} env
 * @param {{ name: string, script: string, args?: string[] }} step
 * @returns {Promise<string>} what it printed
 */
export async function doStep({ settings, signal }, env, { name, script, args = [] }) {
  const file = path.join(ROOT, 'dist', script);
  const log = logFile(settings, path.basename(script, '.js'));
  fs.mkdirSync(path.dirname(log), { recursive: true });
  return runStep({ name, args: [file, ...args], env, log }, signal);
}

/** @param {number} port */
async function isHealthy(port) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, {
      signal: AbortSignal.timeout(2000),
    });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/**
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} name
 */
function logFile(settings, name) {
  return path.join(settings.dataDir, 'logs', `${name}.log`);
}
