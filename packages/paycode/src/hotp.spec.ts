import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hotps, nodeHmac } from '../vectors/implementations.js';
import { hotpFrom } from './index.js';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const counter = fc.oneof(fc.maxSafeNat(), fc.integer({ min: 2 ** 32 - 2, max: 2 ** 32 + 2 }));

describe('HOTP', () => {
  it('is the same on the phone, in node:crypto, in otplib and in a plain reading', () => {
    fc.assert(
      fc.property(key, counter, fc.constantFrom(6, 8, 9), (secret, count, digits) => {
        const answers = new Set(hotps.map(([, hotp]) => hotp(secret, count, digits)));
        expect(answers.size).toBe(1);
      }),
    );
  });

  it('refuses ten digits, for which 31 bits are too few, and counters that are none', () => {
    const hotp = hotpFrom(nodeHmac);
    expect(() => hotp(new Uint8Array(32), 0, 10)).toThrow(RangeError);
    expect(() => hotp(new Uint8Array(32), 0, 5)).toThrow(RangeError);
    for (const bad of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => hotp(new Uint8Array(32), bad, 8)).toThrow(RangeError);
    }
  });

  it('refuses an HMAC of another length', () => {
    const short = hotpFrom(() => new Uint8Array(20));
    expect(() => short(new Uint8Array(32), 0, 8)).toThrow(RangeError);
  });
});
