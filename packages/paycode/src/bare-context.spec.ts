import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { nobleHmac, nodeSigner, nodeVerify } from '../vectors/implementations.js';
import { signedVectors, trust } from '../vectors/read-signed.js';
import { bytes, vectors } from '../vectors/read-vectors.js';
import type * as Paycode from './index.js';

const MISSING = ['BigInt', 'TextEncoder', 'TextDecoder', 'crypto', 'Buffer', 'process', 'require'];

async function loadBare(): Promise<typeof Paycode> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./index.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'paycode',
    platform: 'neutral',
    target: 'es2018',
  });
  const text = bundle.outputFiles[0]?.text ?? '';
  const context = createContext({});
  new Script(MISSING.map((name) => `delete globalThis.${name};`).join('')).runInContext(context);
  for (const name of MISSING) {
    expect(new Script(`typeof ${name}`).runInContext(context)).toBe('undefined');
  }
  new Script(text).runInContext(context);
  return new Script('paycode').runInContext(context) as typeof Paycode;
}

describe('a phone without BigInt, TextEncoder and crypto', () => {
  it('loads the package and makes and reads the codes of the vectors', async () => {
    const paycode = await loadBare();
    const hotp = paycode.hotpFrom((key, message) =>
      nobleHmac(Uint8Array.from(key), Uint8Array.from(message)),
    );
    for (const vector of vectors.codes) {
      const { prefix, aliasPeriod, code } = vector;
      const keys = paycode.deriveKeys(bytes(vector.seed), (key, message) =>
        nobleHmac(Uint8Array.from(key), Uint8Array.from(message)),
      );
      const counter = paycode.counterOf(paycode.stepOf(vector.time), vector.slot);
      expect(paycode.makeCode({ keys, counter, aliasPeriod, prefix }, hotp)).toBe(code);
      expect(paycode.parseCode(code, prefix).ok).toBe(true);
      expect(paycode.codeRedactor(prefix)(code)).toBe(`${prefix}…`);
    }
    expect(paycode.nextToShow(1_780_000_000, null).kind).toBe('show');
  });

  it('makes the signed QRs of the vectors, and reads and judges them', async () => {
    const paycode = await loadBare();
    for (const vector of signedVectors.codes) {
      const held = signedVectors.certificates.find(({ name }) => name === vector.certificate);
      const sign = nodeSigner(bytes(held?.devicePrivateKey ?? ''));
      const { codeTime, counter, prefix } = vector;
      const input = { certificate: bytes(held?.bytes ?? ''), codeTime, counter, prefix };
      expect(paycode.makeSignedQr(input, sign)).toBe(vector.digits);
      const parsed = paycode.parseScan(vector.digits, prefix);
      if (!parsed.ok || parsed.form !== 'signed') throw new Error('It was not read.');
      expect(paycode.refuseSignedQr(parsed, trust, nodeVerify)).toBeUndefined();
    }
  });
});
