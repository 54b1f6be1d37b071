import {
  acceptedEpochs,
  aliasOf,
  counterOf,
  deriveKeys,
  makeCode,
  otpOf,
  parseCode,
  stepOf,
} from '@campus-paycode/paycode';
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { AliasIndex, type IndexedCredential } from '../../src/payment-codes/domain/alias-index.js';
import { matchCode } from '../../src/payment-codes/domain/match-code.js';
import { serviceHmac, serviceHotp } from '../../src/payment-codes/domain/primitives.js';

const aliasSeconds = 30;
const now = stepOf(1_780_000_000);

/** Random bytes that are the same in every run. */
const bytesFrom = (text: string): Buffer => createHash('sha256').update(text).digest();

function credential(id: number): IndexedCredential {
  const keys = deriveKeys(bytesFrom(`phone ${id}`), serviceHmac);
  return { id: BigInt(id), card: BigInt(id), generation: 0, keys, aliasSeconds, payer: '张*' };
}

function* guesses(count: number): Generator<{ alias: string; otp: string }> {
  const digits = (value: number, length: number): string => String(value).padStart(length, '0');
  for (let block = 0, made = 0; made < count; block += 1) {
    const random = bytesFrom(`guess ${block}`);
    for (let at = 0; at < 32 && made < count; at += 8, made += 1)
      yield {
        alias: digits(random.readUInt32BE(at) % 1_000_000_000, 9),
        otp: digits(random.readUInt32BE(at + 4) % 100_000_000, 8),
      };
  }
}

describe('guessing blindly at a terminal (A1)', () => {
  it('meets an alias as often as chance says in a million tries, and never a code', () => {
    const phones = 5_000;
    const tries = 1_000_000;
    const index = new AliasIndex(serviceHotp);
    for (let id = 1; id <= phones; id += 1) index.put(BigInt(id), [credential(id)], now);
    let aliases = 0;
    let matches = 0;
    for (const guess of guesses(tries)) {
      const hits = acceptedEpochs(now, aliasSeconds).flatMap((epoch) =>
        index.candidates(aliasSeconds, epoch, guess.alias),
      );
      aliases += hits.length;
      if (hits.length > 0 && matchCode(index, guess, now, serviceHotp) !== undefined) matches += 1;
    }
    // Three aliases for each phone among 10^9: 15 are expected, and their passwords are right in 6 of 10^7 cases.
    expect(aliases).toBeGreaterThanOrEqual(5);
    expect(aliases).toBeLessThanOrEqual(30);
    expect(matches).toBe(0);
  });

  it('would have found a code: the same look-up knows the right one', () => {
    const one = credential(1);
    const index = new AliasIndex(serviceHotp);
    index.put(1n, [one], now);
    const alias = aliasOf(one.keys.aliasKey, now, serviceHotp);
    const otp = otpOf(one.keys.otpKey, counterOf(now, 0), serviceHotp);
    expect(matchCode(index, { alias, otp }, now, serviceHotp)?.credential.id).toBe(1n);
  });
});

describe('following a student by codes (A19)', () => {
  const steps = 10_000;
  const { keys } = credential(7);
  const codes = Array.from({ length: steps }, (_, step) => {
    const counter = counterOf(now + step, 0);
    const parsed = parseCode(makeCode({ keys, counter, aliasPeriod: aliasSeconds }, serviceHotp));
    if (!parsed.ok) throw new Error('The code is none.');
    return parsed;
  });

  it('finds no alias of ten thousand steps again beyond chance', () => {
    // 10^8 / 2 pairs among 10^9 values: 0.05 are expected.
    expect(steps - new Set(codes.map(({ alias }) => alias)).size).toBeLessThanOrEqual(1);
    // And 0.5 among the passwords, which have a digit less.
    expect(steps - new Set(codes.map(({ otp }) => otp)).size).toBeLessThanOrEqual(4);
  });

  it('finds no digit of one step in the next more often than one in ten', () => {
    const bodies = codes.map(({ alias, otp }) => alias + otp);
    let same = 0;
    for (const [step, body] of bodies.slice(1).entries())
      for (const [at, digit] of Array.from(body).entries())
        if (bodies[step]?.[at] === digit) same += 1;
    const compared = (steps - 1) * 17;
    const deviation = Math.sqrt(compared * 0.09);
    expect(Math.abs(same - compared / 10)).toBeLessThan(4 * deviation);
  });

  it('finds nothing but the prefix that all codes share', () => {
    const shared = Array.from(codes[0]?.code ?? '').filter((digit, at) =>
      codes.every(({ code }) => code[at] === digit),
    );
    expect(shared.join('')).toBe('97');
  });
});
