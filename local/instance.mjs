/**
 * What one data folder knows about the instance that runs on it: who owns the folder, where the instance answers,
 * and which processes it started.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { tryLock } from './owner-lock.mjs';
import { beganAt, isAlive } from './processes.mjs';

const PATIENCE_MS = 15_000;

/**
 * @typedef {object} Instance
 * @property {number} pid of the supervisor
 * @property {number} port of the service
 * @property {string} url of the service
 * @property {string} databaseUrl
 * @property {string} bankUrl
 * @property {string} wechatUrl
 */

/**
 * @param {string} dataDir
 * @param {string} what for whoever finds the folder taken
 */
export function tryOwnDataFolder(dataDir, what) {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    fs.accessSync(dataDir, fs.constants.W_OK | fs.constants.X_OK);
  } catch {
    throw new Error(
      `The data folder ${dataDir} belongs to somebody else. ` +
        'Name another one (DATA_DIR=.data2), or give it to yourself with chown -R.',
    );
  }
  return tryLock(path.join(dataDir, 'owner.lock'), what);
}

/**
 * @param {string} dataDir
 * @param {Instance} instance
 */
export function writeInstance(dataDir, instance) {
  const file = instanceFile(dataDir);
  // Renamed into place: a reader sees all of it or nothing. It holds the database's password.
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** @param {string} dataDir */
export function removeInstance(dataDir) {
  fs.rmSync(instanceFile(dataDir), { force: true });
}

/**
 * @param {string} dataDir
 * @returns {Instance | null} null when none is running, or none is ready yet
 */
export function readInstance(dataDir) {
  try {
    /** @type {Instance} */
    const instance = JSON.parse(fs.readFileSync(instanceFile(dataDir), 'utf8'));
    return isAlive(instance.pid) ? instance : null;
  } catch {
    return null;
  }
}

/**
 * Notes a process, so that the next owner of the folder can wait for it if this one is killed.
 * @param {string} dataDir
 * @param {number | undefined} pid
 */
export function noteChild(dataDir, pid) {
  if (pid === undefined) return;
  fs.appendFileSync(childrenFile(dataDir), `${pid} ${beganAt(pid)}\n`);
}

/**
 * Processes of a killed supervisor end by themselves, since their input ends; one that hangs is ended here.
 * @param {string} dataDir
 */
export async function endLeftovers(dataDir) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const left = childrenOf(dataDir).filter(
      ({ pid, began }) => isAlive(pid) && began !== '' && beganAt(pid) === began,
    );
    if (left.length === 0) break;
    if (Date.now() > deadline) for (const { pid } of left) process.kill(pid, 'SIGKILL');
    await wait(50);
  }
  fs.rmSync(childrenFile(dataDir), { force: true });
  removeInstance(dataDir);
}

/** @param {string} dataDir */
function childrenOf(dataDir) {
  const file = childrenFile(dataDir);
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.map((line) => {
    const [pid = '', began = ''] = line.split(' ');
    return { pid: Number(pid), began };
  });
}

/** @param {string} dataDir */
const instanceFile = (dataDir) => path.join(dataDir, 'instance.json');
/** @param {string} dataDir */
const childrenFile = (dataDir) => path.join(dataDir, 'children');
