import { describe, expect, it } from '@jest/globals';
import { readScan } from './scanner.js';

const plain = { codePrefix: '97' };
const withCards = { codePrefix: '97', instruments: ['code', 'plastic'] } as const;
const code = '97185965475126865312';

describe('readScan', () => {
  it('takes a payment code, however it was spaced', () => {
    const spaced = ' 9718 5965 4751 2686 5312 ';
    expect(readScan(spaced, plain)).toEqual({ ok: true, code });
    expect(readScan(code, withCards)).toEqual({ ok: true, code });
  });

  it('takes the number of a card where the place takes cards', () => {
    for (const number of ['04A3B2C1D4E5F6', '04:a3:b2:c1', 'P0001', '20260001']) {
      expect(readScan(number, withCards)).toEqual({ ok: true, code: { type: 'plastic', number } });
      expect(readScan(number, plain).ok).toBe(false);
    }
  });

  it('takes no code that was misread, or that is of another scheme, for a card', () => {
    for (const text of ['97185965475126865313', '134567890123456789', '12', 'two words!'])
      expect(readScan(text, withCards).ok).toBe(false);
  });
});
