import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatYuan, fromWireAmount, maxAmount, parseYuan, toWireAmount } from './amount.js';

const anyAmount = fc.bigInt({ min: -maxAmount, max: maxAmount });

describe('an amount on the wire', () => {
  it('comes back as it went', () => {
    fc.assert(fc.property(anyAmount, (a) => fromWireAmount(toWireAmount(a)) === a));
  });

  it('is refused when a JSON number cannot hold it exactly', () => {
    expect(() => toWireAmount(2n ** 53n)).toThrow(RangeError);
    expect(() => fromWireAmount(12.5)).toThrow(RangeError);
    expect(() => fromWireAmount(Number.NaN)).toThrow(RangeError);
  });
});

describe('an amount in yuan', () => {
  it('is written with two decimals', () => {
    expect(formatYuan(1250n)).toBe('¥12.50');
    expect(formatYuan(0n)).toBe('¥0.00');
    expect(formatYuan(-5n)).toBe('-¥0.05');
    expect(formatYuan(maxAmount)).toBe('¥10000000000.00');
  });

  it('is read back exactly as it was written', () => {
    fc.assert(fc.property(anyAmount, (a) => parseYuan(formatYuan(a).replace('¥', '')) === a));
  });

  it('is read with none, one or two decimals', () => {
    expect([parseYuan('12'), parseYuan('12.5'), parseYuan('12.05')]).toEqual([1200n, 1250n, 1205n]);
  });

  it.each(['', '.5', '1.', '1.005', '1,000', '¥1', '1e3', '+1', ' 1', '--1', '١'])(
    'refuses %j instead of rounding it',
    (text) => {
      expect(() => parseYuan(text)).toThrow(RangeError);
    },
  );
});
