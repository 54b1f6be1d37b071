/** Gives a program what it needs of an instance: the one that runs on the data folder, or one for the occasion. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from './folders.mjs';
import { endLeftovers, readInstance, tryOwnDataFolder } from './instance.mjs';
import { createDatabaseIfMissing } from './postgres/database.mjs';
import { startCluster } from './postgres/cluster.mjs';
import { freePort, isFree, rememberedPort } from './ports.mjs';

const READY_MS = 180_000;
/** A campus has its students before it is ready. */
const STUDENT_MS = 60;

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {(env: NodeJS.ProcessEnv) => Promise<number>} Run */
/** @typedef {(args: string[]) => Promise<string | null>} Ask what a program prints; null when it refuses */

/**
 * @param {Settings} settings
 * @param {Run} run
 * @returns {Promise<number>}
 */
export async function withDatabase(settings, run) {
  if (settings.databaseUrl) return run({});
  const { dataDir } = settings;
  for (let told = false; ; told = true) {
    const running = readInstance(dataDir);
    if (running) return run(environmentOf(running, settings));
    const lock = tryOwnDataFolder(dataDir, 'a command of this project');
    if ('release' in lock) {
      try {
        return await onOwnServer(settings, run);
      } finally {
        lock.release();
      }
    }
    if (!told) console.error(`Waiting for ${lock.holder.what} (process ${lock.holder.pid}) ...`);
    await wait(200);
  }
}

/**
 * @param {Settings} settings
 * @param {Run} run
 */
async function onOwnServer({ dataDir }, run) {
  await endLeftovers(dataDir);
  const port = await rememberedPort(dataDir, 'postgres');
  const cluster = await startCluster({ dir: path.join(dataDir, 'postgres'), port });
  try {
    await createDatabaseIfMissing(cluster.url(), 'campus');
    return await run({ DATABASE_URL: cluster.url('campus'), DATA_DIR: dataDir, DEMO: '1' });
  } finally {
    await cluster.stop();
  }
}

/**
 * SERVICE_URL, when the caller sets it, names a service that runs elsewhere.
 * @param {Settings} settings
 * @param {Run} run
 * @returns {Promise<number>}
 */
export async function withService(settings, run) {
  if (process.env['SERVICE_URL']) return run({});
  const running = readInstance(settings.dataDir);
  if (running) return run(environmentOf(running, settings));

  console.error('No service runs on this data folder; starting one ...');
  return onOwnService(settings, run, {});
}

/**
 * The program is asked first (--needs) whether the campus of the data folder will do. For a larger one, or one whose clock
 * may be set, there is a campus for the occasion, which goes with its folder.
 * @param {Settings} settings
 * @param {Run} run
 * @param {Ask} ask
 * @returns {Promise<number>}
 */
export async function withCampus(settings, run, ask) {
  const answer = await ask(['--needs']);
  if (answer === null) return 2;
  /** @type {{ students: number, clock: 'real' | 'simulated' } | null} */
  const needs = JSON.parse(answer);
  if (needs === null || process.env['SERVICE_URL']) return withService(settings, run);
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'campus-paycode-campus-'));
  console.error(`Making a campus of ${needs.students} students for the occasion ...`);
  try {
    const own = { dataDir, port: await freePort(), databaseUrl: null };
    const env = { CLOCK: needs.clock, DEMO_STUDENTS: String(needs.students), DATABASE_URL: '' };
    return await onOwnService(own, run, env);
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  }
}

/**
 * @param {Settings} settings
 * @param {Run} run
 * @param {NodeJS.ProcessEnv} asked of the service, beside this process's own
 * @returns {Promise<number>}
 */
async function onOwnService(settings, run, asked) {
  const port = (await isFree(settings.port)) ? settings.port : await freePort();
  // Its input is a pipe from here, so that it cannot outlive this process.
  const supervisor = spawn(process.execPath, [path.join(ROOT, 'local', 'start.mjs')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
    env: {
      ...process.env,
      ...asked,
      DATA_DIR: settings.dataDir,
      PORT: String(port),
      STOP_WITH_STDIN: '1',
    },
  });
  const ended = new Promise((resolve) => supervisor.once('exit', resolve));
  try {
    const patienceMs = READY_MS + Number(asked['DEMO_STUDENTS'] ?? 0) * STUDENT_MS;
    const instance = await untilReady(settings.dataDir, supervisor, patienceMs);
    return await run(environmentOf(instance, settings));
  } finally {
    supervisor.kill('SIGTERM');
    await ended;
  }
}

/**
 * @param {string} dataDir
 * @param {import('node:child_process').ChildProcess} supervisor
 * @param {number} patienceMs
 */
async function untilReady(dataDir, supervisor, patienceMs) {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const instance = readInstance(dataDir);
    if (instance) return instance;
    if (supervisor.exitCode !== null) throw new Error('The service did not start; see above.');
    if (Date.now() > deadline) throw new Error('The service was not ready in time.');
    await wait(100);
  }
}

/**
 * @param {import('./instance.mjs').Instance} instance
 * @param {Settings} settings
 */
function environmentOf(instance, { dataDir }) {
  return {
    DATABASE_URL: instance.databaseUrl,
    DATA_DIR: dataDir,
    DEMO: '1',
    PORT: String(instance.port),
    SERVICE_URL: instance.url,
    BANK_URL: instance.bankUrl,
    WECHAT_API_URL: instance.wechatUrl,
  };
}
