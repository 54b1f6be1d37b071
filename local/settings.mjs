/** What the environment decides for the local commands. */
import path from 'node:path';
import { ROOT } from './folders.mjs';
import { freePort } from './ports.mjs';

/**
 * @typedef {object} Settings
 * @property {string} dataDir where everything of this instance is kept
 * @property {number} port of the service
 * @property {string | null} databaseUrl null: the built-in server
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Settings>}
 */
export async function readSettings(env) {
  const wanted = Number(env['PORT'] || 3000);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) {
    throw new Error(
      `PORT is "${env['PORT']}"; it must be a number from 0 (any free one) to 65535.`,
    );
  }
  return {
    dataDir: path.resolve(ROOT, env['DATA_DIR'] || '.data'),
    port: wanted === 0 ? await freePort() : wanted,
    databaseUrl: env['DATABASE_URL'] || null,
  };
}
