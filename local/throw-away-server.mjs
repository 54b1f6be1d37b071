/** A PostgreSQL for one program: durable as the demo's is, in a temporary folder that goes with it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startCluster } from './postgres/cluster.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * The program finds the server's address in SERVER_URL, its process in SERVER_PID, and room for files in WORK_DIR.
 * @param {unknown} _settings of an instance, which this needs none of
 * @param {(env: NodeJS.ProcessEnv) => Promise<number>} run
 * @returns {Promise<number>} the program's exit code
 */
export async function withThrowAwayServer(_settings, run) {
  let told = false;
  // The folder has to go, however early the wish to stop comes; a running program is told by itself.
  for (const signal of SIGNALS) process.on(signal, () => (told = true));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'campus-paycode-server-'));
  try {
    const cluster = await startCluster({ dir: path.join(folder, 'postgres') });
    try {
      const env = { SERVER_URL: cluster.url(), SERVER_PID: String(cluster.pid), WORK_DIR: folder };
      return told ? 130 : await run(env);
    } finally {
      // Nobody wants what it would write down.
      cluster.kill();
      await cluster.exited;
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
