import { describe, expect, it } from '@jest/globals';
import { hotps, nobleHmac, nodeHmac } from '../vectors/implementations.js';
import { bytes, confirmations, hex, vectors } from '../vectors/read-vectors.js';
import {
  acceptedCounters,
  acceptedEpochs,
  aliasEpochOf,
  assertPrefixAllowed,
  checkDigit,
  checks,
  confirmationProof,
  counterOf,
  deriveKeys,
  deriveSyncKey,
  hkdf,
  makeCode,
  nextToShow,
  parseCode,
  stepOf,
} from './index.js';

const hmacs = [
  ['noble', nobleHmac],
  ['node:crypto', nodeHmac],
] as const;

describe.each(hmacs)('the vectors under the HMAC of %s', (_name, hmac) => {
  it.each(vectors.hkdf)('derive $name', (vector) => {
    const secret = bytes(vector.secret);
    expect(hex(hmac(bytes(vector.salt), secret))).toBe(vector.pseudorandomKey);
    const input = { secret, salt: bytes(vector.salt), info: bytes(vector.info) };
    expect(hex(hkdf({ ...input, length: vector.length }, hmac))).toBe(vector.output);
  });

  it.each(confirmations)('prove a $decision of $paymentId', (vector) => {
    const { seed, key, message, proof, sent, ...said } = vector;
    const made = confirmationProof(bytes(seed), said, hmac);
    expect(hex(made)).toBe(proof);
    expect(Buffer.from(made).toString('base64url')).toBe(sent);
    expect(hex(hmac(bytes(key), bytes(message)))).toBe(proof);
  });

  it.each(vectors.keys)('derive the keys of $seed', (vector) => {
    const seed = bytes(vector.seed);
    const keys = deriveKeys(seed, hmac);
    expect(hex(keys.aliasKey)).toBe(vector.aliasKey);
    expect(hex(keys.otpKey)).toBe(vector.otpKey);
    expect(hex(deriveSyncKey(seed, hmac))).toBe(vector.syncKey);
  });
});

describe.each(hotps)('the vectors under the HOTP of %s', (_name, hotp) => {
  it.each(vectors.hotp)('give $digits digits for counter $counter', (vector) => {
    expect(hotp(bytes(vector.key), vector.counter, vector.digits)).toBe(vector.otp);
  });

  it.each(vectors.codes)('make $code at $time, slot $slot, alias period $aliasPeriod', (vector) => {
    const { aliasPeriod, prefix, counter } = vector;
    expect(counterOf(stepOf(vector.time), vector.slot)).toBe(counter);
    expect(aliasEpochOf(vector.step, aliasPeriod)).toBe(vector.aliasEpoch);
    const keys = deriveKeys(bytes(vector.seed), nodeHmac);
    const code = makeCode({ keys, counter, aliasPeriod, prefix }, hotp);
    expect(code).toBe(vector.code);
    const { alias, otp } = vector;
    expect(parseCode(code, prefix)).toEqual({
      ok: true,
      form: 'digits',
      code,
      prefix,
      alias,
      otp,
    });
  });
});

describe('the vectors that need no key', () => {
  it.each(vectors.hotp)('truncate at offset $offset', ({ mac, offset, truncated }) => {
    const view = Buffer.from(mac, 'hex');
    expect(view.readUInt8(31) & 15).toBe(offset);
    expect(view.readUInt32BE(offset) & 0x7fffffff).toBe(truncated);
  });

  it.each(vectors.damm)('append $check to $digits', ({ digits, check }) => {
    expect(checkDigit(digits)).toBe(check);
    expect(checks(digits + check)).toBe(true);
  });

  it.each(vectors.parse)('read $scanned', (vector) => {
    const answer = parseCode(vector.scanned, vector.prefix);
    if ('refusal' in vector) expect(answer).toEqual({ ok: false, refusal: vector.refusal });
    else expect(answer).toMatchObject({ ok: true, ...vector.parsed });
  });

  it('say which prefixes a campus may choose', () => {
    for (const prefix of vectors.prefixes.allowed) assertPrefixAllowed(prefix);
    for (const prefix of vectors.prefixes.refused) {
      expect(() => assertPrefixAllowed(prefix)).toThrow(RangeError);
    }
  });

  it.each(vectors.accepted)('accept around step $nowStep of $aliasPeriod s', (vector) => {
    const { nowStep, aliasPeriod, epochs } = vector;
    expect(acceptedEpochs(nowStep, aliasPeriod)).toEqual(epochs.map((e) => e.aliasEpoch));
    for (const { aliasEpoch, counters } of epochs) {
      expect(acceptedCounters(nowStep, aliasEpoch, aliasPeriod)).toEqual(counters);
    }
  });

  it.each(vectors.schedule)('show $why', (vector) => {
    const shown = nextToShow(vector.now, vector.lastShown);
    if ('wait' in vector) expect(shown).toEqual({ kind: 'wait', waitUntil: vector.wait });
    else {
      const { counter, changesAt, acceptedUntil } = vector;
      expect(shown).toEqual({ kind: 'show', counter, changesAt, acceptedUntil });
    }
  });
});
