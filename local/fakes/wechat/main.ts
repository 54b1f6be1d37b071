import { seededRandom } from '../random.js';
import { portOf, readFlags, runProcess } from '../run-process.js';
import { settingsFromFlags, startFakeWechat } from './start-fake-wechat.js';

const flags = readFlags(process.argv.slice(2));
const stateDir = flags.get('state');
await runProcess(() =>
  startFakeWechat({
    port: portOf(flags),
    random: seededRandom(Number(flags.get('seed') ?? '1')),
    settings: settingsFromFlags(flags),
    ...(stateDir === undefined ? {} : { stateDir }),
  }),
);
