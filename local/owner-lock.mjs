/** A lock between processes that survives the death of its holder, however it died. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beganAt, isAlive } from './processes.mjs';

/** @typedef {{ pid: number, began: string, what: string }} Holder */

/**
 * @param {string} file
 * @param {string} what what the holder is, for whoever finds the lock taken
 * @returns {{ holder: Holder } | { release: () => void }} the live holder, or the right to release
 */
export function tryLock(file, what) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, began: beganAt(process.pid), what });
  // Written aside and linked into place, so that nobody reads a lock that is half written.
  const draft = `${file}.${randomUUID()}`;
  fs.writeFileSync(draft, mine);
  try {
    for (;;) {
      if (link(draft, file)) return { release: () => release(file, mine) };
      const found = read(file);
      const holder = found === null ? null : parse(found);
      if (holder && isHolding(holder)) return { holder };
      if (found !== null) removeStale(file, found);
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/**
 * @template T
 * @param {string} file
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function holding(file, what, work) {
  for (let told = false; ; told = true) {
    const lock = tryLock(file, what);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!told) console.log(`Waiting for ${lock.holder.what} (process ${lock.holder.pid}) ...`);
    await wait(100);
  }
}

/** @param {Holder} holder */
function isHolding({ pid, began }) {
  return isAlive(pid) && (began === '' || beganAt(pid) === began);
}

/**
 * @param {string} draft
 * @param {string} file
 */
function link(draft, file) {
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Of several that find the same dead lock, one may already have put its own in place: what is moved away is looked
 * at again, and put back when it is not the dead one.
 * @param {string} file
 * @param {string} stale
 */
function removeStale(file, stale) {
  const aside = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== stale) link(aside, file);
  fs.rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @param {string} mine
 */
function release(file, mine) {
  if (read(file) === mine) fs.rmSync(file, { force: true });
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/**
 * @param {string} text
 * @returns {Holder | null}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
