/** Keeps one part of an instance running: a part that ends by itself is started again, each time a little later. */
import { setTimeout as wait } from 'node:timers/promises';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const SETTLED_MS = 30_000;

/**
 * @typedef {object} Running one part that is up
 * @property {Promise<string>} exited settles with how it ended
 * @property {() => Promise<void>} stop
 * @property {() => void} kill
 */

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {(signal: AbortSignal) => Promise<Running>} start resolves when the part is ready
 * @property {(line: string) => void} say
 */

/**
 * @param {Part} part
 * @param {AbortSignal} signal gives up the first start
 * @returns {Promise<{ stop: () => Promise<void>, kill: () => void }>}
 * @throws what the first start throws
 */
export async function keepAlive(part, signal) {
  const stopping = new AbortController();
  let current = await part.start(AbortSignal.any([signal, stopping.signal]));

  const watch = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const since = Date.now();
      const how = await current.exited;
      if (stopping.signal.aborted) return;
      failures = Date.now() - since > SETTLED_MS ? 0 : failures + 1;
      part.say(`${part.name} ended (${how}); starting it again.`);
      const next = await startAgain(part, failures, stopping.signal);
      if (next === null) return;
      current = next;
      part.say(`${part.name} runs again.`);
    }
  };
  const watching = watch();

  return {
    stop: async () => {
      stopping.abort();
      await current.stop();
      await watching;
      // A start that was under way when the stop came may have brought up another one.
      await current.stop();
    },
    kill: () => {
      stopping.abort();
      current.kill();
    },
  };
}

/**
 * @param {Part} part
 * @param {number} failures
 * @param {AbortSignal} signal
 * @returns {Promise<Running | null>} null when told to stop
 */
async function startAgain(part, failures, signal) {
  for (let tries = failures; ; tries += 1) {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
    await wait(pause, undefined, { signal }).catch(() => {});
    if (signal.aborted) return null;
    try {
      return await part.start(signal);
    } catch (error) {
      if (signal.aborted) return null;
      part.say(`${part.name} did not start: ${/** @type {Error} */ (error).message}`);
    }
  }
}
