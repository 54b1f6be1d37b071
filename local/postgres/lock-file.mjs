/**
 * Who is using a data folder. The server's own check is only "does a process with this number exist", which a zombie
 * or a reused number fools; this looks at who really stands in the folder.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from '../processes.mjs';

const LOCK = 'postmaster.pid';
const STOP_MS = 60_000;

/**
 * @param {string} dir
 * @returns {{ pid: number, status: string } | null} status: starting, ready, stopping
 */
export function readLock(dir) {
  try {
    const lines = fs.readFileSync(path.join(dir, LOCK), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() };
  } catch {
    return null;
  }
}

/**
 * Makes the folder free for a new server: ends a server left over from a killed parent, waits for its last processes,
 * and removes a lock that nobody holds. The caller must own the data folder (see owner-lock.mjs).
 * @param {string} dir
 */
export async function freeDataFolder(dir) {
  const deadline = Date.now() + STOP_MS;
  for (let asked = 0; ;) {
    const lock = readLock(dir);
    const users = usersOf(dir, lock);
    if (users.length === 0) break;
    if (Date.now() > deadline) {
      throw new Error(`PostgreSQL process ${users[0]} is still using ${dir} and does not stop.`);
    }
    if (lock && lock.pid !== asked && users.includes(lock.pid)) {
      process.kill(lock.pid, 'SIGINT');
      asked = lock.pid;
    }
    await wait(20);
  }
  fs.rmSync(path.join(dir, LOCK), { force: true });
}

/**
 * The processes whose current folder is the data folder: the server and all its children; a zombie has none.
 * @param {string} dir
 * @param {{ pid: number } | null} lock
 * @returns {number[]}
 */
function usersOf(dir, lock) {
  if (process.platform !== 'linux') return lock && isAlive(lock.pid) ? [lock.pid] : [];
  const real = fs.realpathSync(dir);
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && currentFolder(pid) === real);
}

/** @param {number} pid */
function currentFolder(pid) {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
