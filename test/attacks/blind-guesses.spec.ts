import { acceptedEpochs, counterOf, makeCode, parseCode, stepOf } from '@campus-paycode/paycode';
import { describe, expect, it } from '@jest/globals';
import { createCipheriv } from 'node:crypto';
import { matchCode } from '../../src/payment-codes/domain/match-code.js';
import { serviceHotp } from '../../src/payment-codes/domain/primitives.js';
import { bytesFrom, codeOf, indexOf, keysOf, phone } from '../support/given-index.js';

const aliasSeconds = 30;
const now = stepOf(1_780_000_000);

/** Random digits that are the same in every run, eight bytes for each guess. */
function* guesses(count: number): Generator<{ alias: string; otp: string }> {
  const digits = (value: number, length: number): string => String(value).padStart(length, '0');
  const stream = createCipheriv('aes-256-ctr', bytesFrom('guesses'), Buffer.alloc(16));
  const random = stream.update(Buffer.alloc(count * 8));
  for (let at = 0; at < random.length; at += 8)
    yield {
      alias: digits(random.readUInt32BE(at) % 1_000_000_000, 9),
      otp: digits(random.readUInt32BE(at + 4) % 100_000_000, 8),
    };
}

describe('guessing blindly at a terminal (A1)', () => {
  it('meets an alias as often as chance says in a million tries, and never a code', async () => {
    const phones = 5_000;
    const tries = 1_000_000;
    const index = await indexOf(
      now,
      Array.from({ length: phones }, (_, at) => phone(at + 1)),
    );
    let aliases = 0;
    let matches = 0;
    const epochs = acceptedEpochs(now, aliasSeconds);
    for (const guess of guesses(tries)) {
      let hits = 0;
      for (const epoch of epochs) hits += index.candidates(aliasSeconds, epoch, guess.alias).length;
      aliases += hits;
      if (hits > 0 && matchCode(index, guess, now, serviceHotp) !== undefined) matches += 1;
    }
    // Three aliases for each phone among 10^9: 15 are expected, and their passwords are right in 6 of 10^7 cases.
    expect(aliases).toBeGreaterThanOrEqual(5);
    expect(aliases).toBeLessThanOrEqual(30);
    expect(matches).toBe(0);
  });

  it('would have found a code: the same look-up knows the right one', async () => {
    const index = await indexOf(now, [phone(1)]);
    expect(matchCode(index, codeOf(1, now), now, serviceHotp)?.credential.id).toBe(1n);
  });
});

describe('following a student by codes (A19)', () => {
  const steps = 10_000;
  const keys = keysOf(7);
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
