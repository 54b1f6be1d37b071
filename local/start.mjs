/**
 * npm start: from a fresh clone to a running demo campus, with nothing but Node and npm. This process supervises; it
 * imports Node's own modules alone until the dependencies are there.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { build } from './build.mjs';
import { bringUpFake, bringUpPostgres, bringUpService, doStep } from './campus-parts.mjs';
import { installIfNeeded, requireNode } from './install.mjs';
import {
  endLeftovers,
  readInstance,
  removeInstance,
  tryOwnDataFolder,
  writeInstance,
} from './instance.mjs';
import { freePort, isFree, rememberedPort } from './ports.mjs';
import { readSettings } from './settings.mjs';

/** npm hands Ctrl-C on to a process that the terminal has told already; both arrive together. */
const SAME_KEYSTROKE_MS = 1000;

/** @type {{ stop: () => Promise<void>, kill: () => void }[]} */
const parts = [];
const giveUp = new AbortController();
const say = (/** @type {string} */ line) => console.log(line);
let stoppingSince = 0;

async function main() {
  requireNode();
  const settings = await readSettings(process.env);
  const lock = tryOwnDataFolder(settings.dataDir, 'npm start');
  if ('holder' in lock) return refuseSecond(settings.dataDir, lock.holder);
  try {
    await installIfNeeded({ development: false });
    if (!(await build())) throw new Error('The campus cannot start from a failed build.');
    listenForStop();
    await endLeftovers(settings.dataDir);
    await requireFreePort(settings.port);
    await bringUp(settings);
    await untilToldToStop();
  } catch (error) {
    if (!giveUp.signal.aborted) {
      console.error(/** @type {Error} */ (error).message);
      process.exitCode = 1;
    }
  } finally {
    removeInstance(settings.dataDir);
    for (const part of parts.reverse()) await part.stop();
    lock.release();
  }
}

/** @param {import('./settings.mjs').Settings} settings */
async function bringUp(settings) {
  const bringing = { settings, signal: giveUp.signal, say, parts };
  say(settings.databaseUrl ? 'Starting on the database of DATABASE_URL ...' : 'Starting ...');
  const databaseUrl = settings.databaseUrl ?? (await bringUpPostgres(bringing));
  const bankUrl = await bringUpFake(bringing, 'bank');
  // Pushes go to the service, and the phone's notifications open the service's own page.
  const here = `http://127.0.0.1:${settings.port}`;
  const wechatUrl = await bringUpFake(bringing, 'wechat', [
    '--callback',
    `${here}/v1/wechat/callback`,
    '--open',
    `${here}/{page}?{query}`,
  ]);
  const metricsPort =
    process.env['METRICS_PORT'] || String(await rememberedPort(settings.dataDir, 'metrics'));
  const env = {
    ...process.env,
    METRICS_PORT: metricsPort,
    DATABASE_URL: databaseUrl,
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
    BANK_URL: bankUrl,
    WECHAT_API_URL: wechatUrl,
    DEMO: '1',
    SANDBOX: process.env['SANDBOX'] || '1',
  };
  const migrate = { name: 'Migrating the database', script: 'src/main.js', args: ['migrate'] };
  await doStep(bringing, env, migrate);
  // Both take seconds to start; the demo waits for the service where it needs it. One that fails ends the other's start.
  const together = new AbortController();
  const both = { ...bringing, signal: AbortSignal.any([giveUp.signal, together.signal]) };
  const demo = { name: 'The demo campus', script: 'local/campus/welcome.js' };
  const [greeting] = await Promise.all(
    [doStep(both, env, demo), bringUpService(both, env)].map((part) =>
      part.catch((error) => {
        together.abort(error);
        throw together.signal.reason;
      }),
    ),
  );
  const url = `http://localhost:${settings.port}`;
  const addresses = { databaseUrl, bankUrl, wechatUrl };
  writeInstance(settings.dataDir, { pid: process.pid, port: settings.port, url, ...addresses });
  say(`${String(greeting).trimEnd()}\n`);
  say(`Figures for a monitor: http://127.0.0.1:${metricsPort}/metrics`);
  say(`The campus runs at ${url} (logs in ${settings.dataDir}/logs). Ctrl-C stops it.`);
}

/**
 * @param {string} dataDir
 * @param {import('./owner-lock.mjs').Holder} holder
 */
function refuseSecond(dataDir, holder) {
  const running = readInstance(dataDir);
  const where = running ? `, at ${running.url}` : '';
  console.error(
    `Already in use: ${holder.what} (process ${holder.pid}) works on ${dataDir}${where}.\n` +
      'Stop it first (Ctrl-C where it runs), or run a second campus beside it: ' +
      'DATA_DIR=.data2 PORT=3001 npm start',
  );
  process.exitCode = 1;
}

/** @param {number} port */
async function requireFreePort(port) {
  if ((await isFree(port)) && (await isFree(port, '127.0.0.1'))) return;
  const another = (await isFree(port + 1)) ? port + 1 : await freePort();
  throw new Error(
    `Port ${port} is taken by another program. Choose another one: PORT=${another} npm start`,
  );
}

function listenForStop() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopOrHurry);
  // The terminal may be gone while the parts are still stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  if (process.env['STOP_WITH_STDIN'] === '1') process.stdin.on('end', stopOrHurry).resume();
}

function stopOrHurry() {
  if (stoppingSince === 0) {
    stoppingSince = Date.now();
    say('\nStopping ...');
    giveUp.abort();
    return;
  }
  if (Date.now() - stoppingSince < SAME_KEYSTROKE_MS) return;
  for (const part of parts) part.kill();
  process.exit(130);
}

async function untilToldToStop() {
  while (!giveUp.signal.aborted) {
    await wait(2 ** 30, undefined, { signal: giveUp.signal }).catch(() => {});
  }
}

try {
  await main();
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
// Whatever may still be open must not keep a stopped campus alive.
process.exit();
