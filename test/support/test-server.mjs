/**
 * The PostgreSQL server of one test run: a throw-away one beside the system's temporary files, or the one that
 * TEST_DATABASE_URL names.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from '../../local/processes.mjs';
import { startCluster } from '../../local/postgres/cluster.mjs';

const PREFIX = 'campus-paycode-test-';

/** Ends this run's server; set while it runs. */
let stopServer = async () => {};

/** @returns {Promise<string>} the administrator's address of the server */
export async function startTestServer() {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return given;
  removeLeftovers();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  const cluster = await startCluster({
    dir: path.join(folder, 'postgres'),
    durable: false,
    settings: { max_connections: '300' },
  });
  stopServer = async () => {
    await cluster.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return cluster.url();
}

export function stopTestServer() {
  return stopServer();
}

/** A run that was killed could not clean up after itself. */
function removeLeftovers() {
  for (const name of fs.readdirSync(os.tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    if (isAlive(pid)) continue;
    try {
      fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to another user, who will remove it.
    }
  }
}
