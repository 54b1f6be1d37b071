import { createHmac } from 'node:crypto';
import { parseArgs } from 'node:util';
import {
  aliasEpochOf,
  assertAliasPeriod,
  assertPrefixAllowed,
  counterOf,
  DEFAULT_ALIAS_PERIOD,
  DEFAULT_PREFIX,
  deriveKeys,
  formatCode,
  hotpFrom,
  makeCode,
  SEED_LENGTH,
  stepOf,
  type HmacSha256,
} from '@campus-paycode/paycode';

const USAGE = `Prints the payment code of a seed at an instant, by docs/payment-code.md.

  npm run paycode -- --seed HEX --time T [--slot S] [--epoch E] [--prefix PP] [--json]

  --seed    the credential's seed, 64 hexadecimal digits
  --time    unix seconds
  --slot    0 to 3, default 0
  --epoch   seconds an alias lives, a multiple of 30, default ${DEFAULT_ALIAS_PERIOD}
  --prefix  two digits, default ${DEFAULT_PREFIX}
  npm run paycode -- --persona NAME [--json] [--watch]

  --persona a test student of the demo campus that runs here: a code that is valid now. Another name lists them
  --watch   another one every 15 seconds
  --json    the keys, counters and parts as well`;

const hmac: HmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined) throw new RangeError(`--${name} is missing.`);
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new RangeError(`--${name} is a whole number, not "${text}".`);
  }
  return value;
}

function seedOf(text: string | undefined): Uint8Array {
  if (text === undefined) throw new RangeError('--seed is missing.');
  if (!/^[0-9a-f]*$/i.test(text) || text.length !== 2 * SEED_LENGTH) {
    throw new RangeError(`--seed is ${2 * SEED_LENGTH} hexadecimal digits.`);
  }
  return Buffer.from(text, 'hex');
}

async function run(argv: string[]): Promise<string | undefined> {
  const { values } = parseArgs({
    args: argv,
    options: {
      seed: { type: 'string' },
      time: { type: 'string' },
      slot: { type: 'string', default: '0' },
      epoch: { type: 'string', default: String(DEFAULT_ALIAS_PERIOD) },
      prefix: { type: 'string', default: DEFAULT_PREFIX },
      persona: { type: 'string' },
      watch: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return USAGE;
  if (values.persona !== undefined) {
    // Only who asks for a person pays for what draws the code.
    const { showPersona } = await import('./persona-code.js');
    const { persona: name, json, watch } = values;
    await showPersona({ name, json, watch }, (text) => console.log(text));
    return undefined;
  }
  const keys = deriveKeys(seedOf(values.seed), hmac);
  const time = wholeNumber('time', values.time);
  const step = stepOf(time);
  const slot = wholeNumber('slot', values.slot);
  const counter = counterOf(step, slot);
  const aliasPeriod = wholeNumber('epoch', values.epoch);
  const prefix = values.prefix;
  assertAliasPeriod(aliasPeriod);
  assertPrefixAllowed(prefix);
  const code = makeCode({ keys, counter, aliasPeriod, prefix }, hotpFrom(hmac));
  if (!values.json) return code;
  const aliasEpoch = aliasEpochOf(step, aliasPeriod);
  const shown = { code, display: formatCode(code), time, step, slot, counter };
  const derived = { aliasKey: hex(keys.aliasKey), otpKey: hex(keys.otpKey) };
  const parts = { prefix, alias: code.slice(2, 11), otp: code.slice(11, 19), check: code[19] };
  return JSON.stringify({ ...shown, aliasPeriod, aliasEpoch, ...derived, parts }, null, 2);
}

try {
  const text = await run(process.argv.slice(2));
  if (text !== undefined) console.log(text);
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
