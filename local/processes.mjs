/** Small facts about processes of this machine. */
import fs from 'node:fs';

/**
 * @param {number} pid
 * @returns {boolean} false for a zombie, which is gone in all but name
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  return process.platform !== 'linux' || statOf(pid)?.state !== 'Z';
}

/**
 * When the process began, in the kernel's ticks: a process number is used again, the pair is not.
 * @param {number} pid
 * @returns {string} empty where the system does not tell
 */
export function beganAt(pid) {
  return statOf(pid)?.began ?? '';
}

/** @param {number} pid */
function statOf(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may hold anything; the fields after it are plain.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', began: fields[19] ?? '' };
  } catch {
    return null;
  }
}
