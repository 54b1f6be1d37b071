import { describe, expect, it } from '@jest/globals';
import {
  fromBase64Url,
  isOrderNumber,
  makeOrderNumber,
  shortNumber,
  toBase64Url,
} from './index.js';

describe('an order number', () => {
  it('is a lower-case UUIDv7 that begins with its time', () => {
    const random = new Uint8Array(10).fill(0xff);
    const made = makeOrderNumber(0x017f22e279b0, random);
    expect(made).toBe('017f22e2-79b0-7fff-bfff-ffffffffffff');
    expect(isOrderNumber(made)).toBe(true);
  });

  it('is nothing else', () => {
    for (const other of [
      '017F22E2-79B0-7FFF-BFFF-FFFFFFFFFFFF',
      '017f22e2-79b0-4fff-bfff-ffffffffffff',
      '017f22e2-79b0-7fff-7fff-ffffffffffff',
      '017f22e279b07fffbfffffffffffffff',
      ' 017f22e2-79b0-7fff-bfff-ffffffffffff',
      7,
    ]) {
      expect(isOrderNumber(other)).toBe(false);
    }
  });
});

describe('a short number', () => {
  it('is the code and the last four digits of the sequence', () => {
    expect(shortNumber('B3', 427)).toBe('B3-0427');
    expect(shortNumber('B3', 10_427)).toBe('B3-0427');
    expect(shortNumber('G1', 10_000)).toBe('G1-0000');
  });
});

describe('base64url', () => {
  it('reads back what it wrote, for every length', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);
      const text = toBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64Url(text)).toEqual(bytes);
    }
  });

  it('refuses padding, foreign letters and loose last bits', () => {
    for (const text of ['AA==', 'A', 'A+', 'AB', 'AAB', 'A A']) {
      expect(fromBase64Url(text)).toBeNull();
    }
  });
});
