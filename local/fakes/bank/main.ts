import { seededRandom } from '../random.js';
import { portOf, readFlags, runProcess } from '../run-process.js';
import { startFakeBank } from './start-fake-bank.js';

const flags = readFlags(process.argv.slice(2));
const stateDir = flags.get('state');
const openingBalance = flags.get('opening-balance');
await runProcess(() =>
  startFakeBank({
    port: portOf(flags),
    random: seededRandom(Number(flags.get('seed') ?? '1')),
    ...(stateDir === undefined ? {} : { stateDir }),
    ...(openingBalance === undefined ? {} : { openingBalance: Number(openingBalance) }),
  }),
);
