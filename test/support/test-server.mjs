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

/** @returns {Promise<{ url: string, stop: () => Promise<void> }>} url: the administrator's */
export async function startTestServer() {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, stop: async () => {} };
  removeLeftovers();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  const cluster = await startCluster({
    dir: path.join(folder, 'postgres'),
    durable: false,
    settings: { max_connections: '300', max_prepared_transactions: '0' },
  });
  return {
    url: cluster.url(),
    stop: async () => {
      await cluster.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
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
