/**
 * Once for each run: when a test of this run needs a database, a server is started and one database migrated, which
 * every test file then copies (see database.ts). Runs of pure tests pay for none of it.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';
import { build } from '../../local/build.mjs';
import { filesUnder, ROOT } from '../../local/folders.mjs';
import { createDatabaseIfMissing } from '../../local/postgres/database.mjs';
import { startTestServer, stopTestServer } from './test-server.mjs';

/** @param {{ testPathPatterns?: { patterns: string[] } }} config jest's own */
export default async function setUp(config) {
  if (!needsDatabase(config)) return;
  await build({ tolerant: true });
  const server = await startTestServer();
  const template = `campus_template_${process.pid}`;
  await createDatabaseIfMissing(server, template);
  const url = Object.assign(new URL(server), { pathname: `/${template}` }).href;
  const migrated = spawnSync(process.execPath, [path.join('dist', 'src', 'main.js'), 'migrate'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url, DATABASE_OWNER_URL: url, CLOCK: 'simulated' },
  });
  if (migrated.status !== 0) {
    await stopTestServer();
    throw new Error(`Migrating the test database failed:\n${migrated.stdout}${migrated.stderr}`);
  }
  await askNobody(url);
  process.env['TEST_SERVER_URL'] = server;
  process.env['TEST_TEMPLATE'] = template;
}

/**
 * Tests sell one card more, and the same again, than a campus lets pass without a word; who tests that sets the rules.
 * @param {string} url
 */
async function askNobody(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'update cards.group_limit set asks_above = null, asks_after = null, asks_again = null',
  );
  await client.end();
}

/** @param {{ testPathPatterns?: { patterns: string[] } }} config */
function needsDatabase({ testPathPatterns }) {
  const patterns = (testPathPatterns?.patterns ?? []).map((text) => new RegExp(text, 'i'));
  return ['src', 'packages', 'test', 'local', 'terminal-sim']
    .flatMap(filesUnder)
    .filter((file) => file.endsWith('.int-spec.ts'))
    .map((file) => path.join(ROOT, file))
    .some((file) => patterns.length === 0 || patterns.some((pattern) => pattern.test(file)));
}
