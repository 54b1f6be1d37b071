import { describe, expect, it } from '@jest/globals';
import { formatYuan } from './money.js';

describe('formatYuan', () => {
  it('writes fen as yuan without losing one', () => {
    expect([0, 5, 99, 100, 1250, 100_000_000].map(formatYuan)).toEqual([
      '¥0.00',
      '¥0.05',
      '¥0.99',
      '¥1.00',
      '¥12.50',
      '¥1000000.00',
    ]);
  });

  it('puts the sign before the currency', () => {
    expect(formatYuan(-5)).toBe('-¥0.05');
  });
});
