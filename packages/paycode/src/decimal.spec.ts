import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signedVectors } from '../vectors/read-signed.js';
import { bytes, hex } from '../vectors/read-vectors.js';
import { fromDecimal, toDecimal } from './decimal.js';

describe('bytes as a decimal number', () => {
  it.each(signedVectors.decimal)('are the $length digits of the vectors', (vector) => {
    const value = bytes(vector.bytes);
    expect(toDecimal(value, vector.length)).toBe(vector.digits);
    expect(hex(fromDecimal(vector.digits, value.length) ?? new Uint8Array())).toBe(vector.bytes);
  });

  it('are those of BigInt, both ways, at any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (value) => {
        const wanted = BigInt(`0x${hex(value)}`).toString();
        expect(toDecimal(value, wanted.length)).toBe(wanted);
        expect(toDecimal(value, wanted.length + 9)).toBe(`000000000${wanted}`);
        expect(fromDecimal(wanted, value.length)).toEqual(value);
      }),
    );
  });

  it('do not fit where there is no room', () => {
    expect(() => toDecimal(Uint8Array.of(1, 0), 2)).toThrow(RangeError);
    expect(() => toDecimal(new Uint8Array(9).fill(255), 21)).toThrow(RangeError);
    expect(fromDecimal('255', 1)).toEqual(Uint8Array.of(255));
    expect(fromDecimal('256', 1)).toBeUndefined();
    expect(fromDecimal(`${2n ** 1496n}`, 187)).toBeUndefined();
    expect(fromDecimal('9'.repeat(451), 187)).toBeUndefined();
  });

  it('leave the bytes they were made from alone', () => {
    const value = Uint8Array.of(1, 2, 3);
    toDecimal(value, 8);
    expect(value).toEqual(Uint8Array.of(1, 2, 3));
  });
});
