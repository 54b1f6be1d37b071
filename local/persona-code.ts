/** The phone of a test student on the command line: a valid code that was never shown before. */
import {
  deriveKeys,
  formatCode,
  hotpFrom,
  makeCode,
  nextToShow,
  type HmacSha256,
} from '@campus-paycode/paycode';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import QRCode from 'qrcode';
import { readPersonas, writePersonas, type KeptPersona } from './campus/kept-personas.js';

const hmac: HmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest();

/** Shown again after so long; a code is good for longer. */
const watchMs = 15_000;

type Wish = { readonly name: string; readonly json: boolean; readonly watch: boolean };

/** Four codes in a step and the step ahead: when all were shown, the next step has more. */
async function nextCode(persona: KeptPersona): Promise<{ code: string; counter: number }> {
  for (;;) {
    const now = Date.now() / 1000;
    const next = nextToShow(now, persona.lastShown);
    if (next.kind === 'wait') {
      await pause(Math.ceil((next.waitUntil - now) * 1000));
      continue;
    }
    const { counter } = next;
    const keys = deriveKeys(Buffer.from(persona.seed, 'hex'), hmac);
    const { aliasPeriod, prefix } = persona;
    return { code: makeCode({ keys, counter, aliasPeriod, prefix }, hotpFrom(hmac)), counter };
  }
}

async function show({ name, json }: Wish, dataDir: string): Promise<string> {
  const all = readPersonas(dataDir);
  if (all.length === 0)
    throw new RangeError(`No test students in ${dataDir}: npm start makes them.`);
  const persona = all.find((each) => each.name === name);
  if (persona === undefined) {
    const known = all.map((each) => `  ${each.name.padEnd(16)} ${each.says.zh}  ${each.says.en}`);
    throw new RangeError(`No test student is called "${name}":\n\n${known.join('\n')}`);
  }
  const { code, counter } = await nextCode(persona);
  const shown = all.map((each) => (each === persona ? { ...each, lastShown: counter } : each));
  writePersonas(dataDir, shown);
  if (json)
    return JSON.stringify({ persona: name, says: persona.says, code, display: formatCode(code) });
  const qr = process.stdout.isTTY
    ? `${await QRCode.toString(code, { type: 'terminal', small: true })}\n`
    : '';
  return process.stdout.isTTY ? `${qr}${formatCode(code)}\n${persona.says.en}` : code;
}

/** @throws {RangeError} when there is no such test student. */
export async function showPersona(wish: Wish, say: (text: string) => void): Promise<void> {
  const dataDir = path.resolve(process.env['DATA_DIR'] ?? '.data');
  do {
    say(await show(wish, dataDir));
    if (wish.watch) await pause(watchMs);
  } while (wish.watch);
}
