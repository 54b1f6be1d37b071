/**
 * One PostgreSQL server in one folder, for the demo, development and tests. It listens on 127.0.0.1 alone, behind a
 * random password, and ends with the process that started it.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../ports.mjs';
import { findBinaries } from './binaries.mjs';
import { freeDataFolder, readLock } from './lock-file.mjs';
import { endWithParent, privilegesFor } from './privileges.mjs';

const READY_MS = 120_000;
const STOP_MS = 30_000;
const LOG_BYTES = 10_000_000;

/** What a throw-away server does without: nobody minds losing it. */
const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
};

/**
 * @typedef {object} ClusterOptions
 * @property {string} dir the data folder, made when it is missing
 * @property {number} [port] left out: any free one
 * @property {boolean} [durable] false for a throw-away server; true when left out
 * @property {Record<string, string>} [settings] further server settings
 */

/**
 * @typedef {object} Cluster
 * @property {number} port
 * @property {number} pid
 * @property {string} how as whom it runs
 * @property {(database?: string) => string} url
 * @property {Promise<string>} exited settles with how it ended
 * @property {() => Promise<void>} stop ends sessions, writes everything down and leaves
 * @property {() => void} kill ends at once; the next start recovers
 */

/**
 * Starts the server of a data folder. The caller must be the only one to use the folder.
 * @param {ClusterOptions} options
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ dir: given, port: wanted, durable = true, settings = {} }) {
  const dir = path.resolve(given);
  const binaries = findBinaries();
  if (!fs.existsSync(path.join(dir, 'PG_VERSION'))) {
    await makeDataFolder({ dir, initdb: binaries.initdb, durable });
  }
  await freeDataFolder(dir);

  const { prefix, how } = privilegesFor(dir);
  const port = wanted ?? (await freePort());
  const flags = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : THROW_AWAY),
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = launch(
    [...prefix, ...endWithParent(), binaries.postgres, '-D', dir, '-p', String(port), ...flags],
    `${dir}.log`,
  );
  const exited = howItEnds(child);
  await untilReady({ dir, pid: child.pid, exited });

  const password = fs.readFileSync(`${dir}.password`, 'utf8').trim();
  return {
    port,
    pid: child.pid ?? 0,
    how,
    url: (database = 'postgres') =>
      `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    exited,
    stop: () => stop(child, exited),
    kill: () => void child.kill('SIGQUIT'),
  };
}

/**
 * A data folder appears whole or not at all: an interrupted initdb leaves only a folder beside it, which is replaced.
 * @param {{ dir: string, initdb: string, durable: boolean }} options
 */
async function makeDataFolder({ dir, initdb, durable }) {
  const unfinished = `${dir}.unfinished`;
  const password = `${dir}.password`;
  fs.mkdirSync(path.dirname(dir), { recursive: true });
  fs.rmSync(unfinished, { recursive: true, force: true, maxRetries: 10 });
  fs.rmSync(password, { force: true });
  fs.mkdirSync(unfinished, { mode: 0o700 });
  fs.writeFileSync(password, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });

  const { prefix, owner } = privilegesFor(dir);
  if (owner !== null) {
    fs.chownSync(unfinished, owner, owner);
    fs.chownSync(password, owner, owner);
  }
  const log = `${dir}.log`;
  const names = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const safety = ['--auth=scram-sha-256', `--pwfile=${password}`, '--no-instructions'];
  const flags = ['-U', 'postgres', '--encoding=UTF8', ...names, ...safety];
  if (!durable) flags.push('--no-sync');
  const child = launch([...prefix, initdb, '-D', unfinished, ...flags], log);
  const ended = await howItEnds(child);
  if (ended !== 'code 0') throw new Error(`initdb failed (${ended}):\n${tail(log)}`);
  if (owner !== null) fs.chownSync(password, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
  fs.renameSync(unfinished, dir);
}

/**
 * In a process group of its own, so that Ctrl-C reaches the parent alone, which stops the server last.
 * @param {string[]} command
 * @param {string} log
 */
function launch([program = '', ...args], log) {
  if (fs.existsSync(log) && fs.statSync(log).size > LOG_BYTES) fs.renameSync(log, `${log}.1`);
  const fd = fs.openSync(log, 'a', 0o600);
  try {
    const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
    return spawn(program, args, { stdio: ['ignore', fd, fd], detached: true, env });
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function howItEnds(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
  });
}

/** @param {{ dir: string, pid: number | undefined, exited: Promise<string> }} options */
async function untilReady({ dir, pid, exited }) {
  let ended = '';
  void exited.then((how) => (ended = how));
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const lock = readLock(dir);
    if (lock && lock.pid === pid && lock.status === 'ready') return;
    if (ended) throw new Error(`PostgreSQL did not start (${ended}):\n${tail(`${dir}.log`)}`);
    if (Date.now() > deadline) {
      if (pid) process.kill(pid, 'SIGQUIT');
      throw new Error(`PostgreSQL was not ready in time; see ${dir}.log`);
    }
    await wait(10);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<string>} exited
 */
async function stop(child, exited) {
  child.kill('SIGINT');
  const hurry = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
  await exited;
  clearTimeout(hurry);
}

/** @param {string} file */
function tail(file) {
  try {
    return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
  } catch {
    return '';
  }
}
