import { describe, expect, it } from '@jest/globals';
import { fenOf, typed, type AmountKey } from './amount-entry.js';

const type = (keys: readonly AmountKey[]): string => keys.reduce<string>(typed, '');

describe('typing an amount', () => {
  it('reads yuan and fen exactly', () => {
    expect(fenOf(type(['1', '2', '.', '5']))).toBe(1250);
    expect(fenOf(type(['0', '.', '2', '9']))).toBe(29);
    expect(fenOf(type(['3', '00']))).toBe(30_000);
    expect(fenOf('')).toBe(0);
  });

  it('ignores what would make no amount', () => {
    expect(type(['1', '.', '.', '2', '3', '4'])).toBe('1.23');
    expect(type(['0', '0', '5'])).toBe('5');
    expect(type(['.', '5'])).toBe('0.5');
    expect(type(['00'])).toBe('0');
    expect(type(['1', '.', '5', '00'])).toBe('1.5');
  });
});
