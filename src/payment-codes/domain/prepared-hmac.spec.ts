import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import {
  hotpOnce,
  macPrepared,
  preparedWords,
  prepareKey,
  prepareMac,
  truncatePrepared,
} from './prepared-hmac.js';
import { serviceHotp } from './primitives.js';

const key32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

const hexOf = (mac: Int32Array): string =>
  Array.from(mac, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

describe('HMAC under a prepared key', () => {
  it('gives what the platform gives, for every length that fits', () => {
    fc.assert(
      fc.property(key32, fc.uint8Array({ maxLength: 55 }), fc.nat(3), (key, message, at) => {
        const states = new Int32Array(preparedWords * 4);
        prepareKey(key, states, at * preparedWords);
        const expected = createHmac('sha256', key).update(message).digest('hex');
        expect(hexOf(macPrepared(states, at * preparedWords, message))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('goes on from what it gave as from a key', () => {
    fc.assert(
      fc.property(key32, fc.uint8Array({ maxLength: 55 }), (key, message) => {
        const states = new Int32Array(preparedWords * 2);
        prepareKey(key, states);
        prepareMac(macPrepared(states, 0, message), states, preparedWords);
        const between = createHmac('sha256', key).update(message).digest();
        const expected = createHmac('sha256', between).update('next').digest('hex');
        expect(hexOf(macPrepared(states, preparedWords, Buffer.from('next')))).toBe(expected);
      }),
    );
  });

  it('makes the one-time passwords of the library, for small counters and for large ones', () => {
    fc.assert(
      fc.property(
        key32,
        fc.oneof(fc.nat(), fc.integer({ min: 0, max: 2 ** 48 })),
        fc.constantFrom(6, 8, 9),
        (key, counter, digits) => {
          expect(hotpOnce(key, counter, digits)).toBe(serviceHotp(key, counter, digits));
          const states = new Int32Array(preparedWords);
          prepareKey(key, states);
          const value = truncatePrepared(states, 0, counter) % 10 ** digits;
          expect(String(value).padStart(digits, '0')).toBe(hotpOnce(key, counter, digits));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('takes no other key and no longer message', () => {
    const states = new Int32Array(preparedWords);
    expect(() => prepareKey(new Uint8Array(31), states)).toThrow('32 bytes');
    expect(() => macPrepared(states, 0, new Uint8Array(56))).toThrow('one block');
  });
});
