import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeHmac } from '../vectors/implementations.js';
import {
  acceptedCounters,
  acceptedEpochs,
  aliasEpochOf,
  aliasOf,
  counterOf,
  deriveKeys,
  formatCode,
  hotpFrom,
  makeCode,
  parseCode,
  stepOf,
  stepOfCounter,
} from './index.js';

const hotp = hotpFrom(nodeHmac);
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
const time = fc.integer({ min: 0, max: 2 ** 33 });
const slot = fc.integer({ min: 0, max: 3 });
const aliasPeriod = fc.constantFrom(30, 60, 90, 300, 600);
const prefix = fc.constantFrom('97', '00', '31', '98');
const made = fc.record({ seed, time, slot, aliasPeriod, prefix }).map((input) => {
  const keys = deriveKeys(input.seed, nodeHmac);
  const counter = counterOf(stepOf(input.time), input.slot);
  const code = makeCode({ keys, counter, ...input }, hotp);
  return { ...input, keys, counter, code };
});

describe('a payment code', () => {
  it('comes back from the parser as it was made', () => {
    fc.assert(
      fc.property(made, fc.constantFrom('', '\r', '\n', '\t', '\r\n'), (m, terminator) => {
        const parsed = parseCode(m.code + terminator, m.prefix);
        const epoch = aliasEpochOf(stepOfCounter(m.counter), m.aliasPeriod);
        expect(parsed).toMatchObject({
          ok: true,
          code: m.code,
          alias: aliasOf(m.keys.aliasKey, epoch, hotp),
          otp: hotp(m.keys.otpKey, m.counter, 8),
        });
      }),
    );
  });

  it('is refused when any one digit is another', () => {
    const change = fc.tuple(made, fc.nat({ max: 19 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(change, ([{ code, prefix: own }, at, by]) => {
        const digit = (Number(code[at]) + by) % 10;
        const misread = code.slice(0, at) + digit + code.slice(at + 1);
        expect(parseCode(misread, own).ok).toBe(false);
      }),
    );
  });

  it('is refused when two neighbors changed places', () => {
    fc.assert(
      fc.property(made, fc.nat({ max: 18 }), ({ code, prefix: own }, at) => {
        fc.pre(code[at] !== code[at + 1]);
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
        expect(parseCode(swapped, own).ok).toBe(false);
      }),
    );
  });

  it('lies among the accepted counters of its epoch on clocks up to a step apart, and no further', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: -3, max: 3 }), (m, apart) => {
        const step = stepOfCounter(m.counter);
        fc.pre(step + apart >= 0);
        const epoch = aliasEpochOf(step, m.aliasPeriod);
        const counters = acceptedCounters(step + apart, epoch, m.aliasPeriod);
        expect(counters.includes(m.counter)).toBe(Math.abs(apart) <= 1);
        const all = acceptedEpochs(step + apart, m.aliasPeriod).flatMap((e) =>
          acceptedCounters(step + apart, e, m.aliasPeriod),
        );
        expect(new Set(all).size).toBe(all.length);
        expect(all.length).toBe(Math.min(3, step + apart + 2) * 4);
      }),
    );
  });

  it('shares no alias with its neighbors beyond chance', () => {
    const { aliasKey } = deriveKeys(new Uint8Array(32).fill(7), nodeHmac);
    const aliases = Array.from({ length: 2000 }, (_, i) => aliasOf(aliasKey, 59_333_333 + i, hotp));
    expect(new Set(aliases).size).toBe(aliases.length);
  });

  it('needs two keys, because under one the nine digits of a counter end in its eight', () => {
    fc.assert(
      fc.property(seed, fc.nat(), (bytes, counter) => {
        const { aliasKey, otpKey } = deriveKeys(bytes, nodeHmac);
        expect(Buffer.compare(aliasKey, otpKey)).not.toBe(0);
        expect(hotp(otpKey, counter, 9).slice(1)).toBe(hotp(otpKey, counter, 8));
      }),
    );
  });

  it('is shown in groups of four', () => {
    expect(formatCode('97185965475126865312')).toBe('9718 5965 4751 2686 5312');
  });

  it('is not made with another scheme’s prefix, a broken alias period or a short seed', () => {
    const keys = deriveKeys(new Uint8Array(32), nodeHmac);
    const make = (own: string, period: number): string =>
      makeCode({ keys, counter: 4, aliasPeriod: period, prefix: own }, hotp);
    expect(() => make('13', 30)).toThrow('belongs to wechat');
    expect(() => make('28', 30)).toThrow('belongs to alipay');
    expect(() => make('62', 30)).toThrow('belongs to unionpay');
    expect(() => make('97', 45)).toThrow('multiple of 30');
    expect(() => make('97', 0)).toThrow('multiple of 30');
    expect(() => deriveKeys(new Uint8Array(31), nodeHmac)).toThrow('32 bytes');
  });

  it('is never read out of arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const answer = parseCode(text);
        if (answer.ok) expect(text).toMatch(/^97[0-9]{18}(?:\r\n|[\r\n\t])?$/);
      }),
    );
  });
});
