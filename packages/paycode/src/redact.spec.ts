import { describe, expect, it } from '@jest/globals';
import { vectors } from '../vectors/read-vectors.js';
import { codeRedactor, formatCode } from './index.js';

const redact = codeRedactor('97');
const code = '97185965475126865312';

describe('the redactor', () => {
  it('masks every code of the vectors, plain and in groups', () => {
    for (const { code: each, prefix } of vectors.codes) {
      const mask = codeRedactor(prefix);
      expect(mask(`{"code":"${each}"}`)).toBe(`{"code":"${prefix}…"}`);
      expect(mask(`shows ${formatCode(each)}.`)).toBe(`shows ${prefix}….`);
    }
  });

  it('masks codes that follow each other, and a signed QR', () => {
    expect(redact(`${code},${code} ${code}`)).toBe('97…,97… 97…');
    expect(redact(`97${'1'.repeat(451)}`)).toBe('97…');
  });

  it('leaves longer and shorter numbers and other prefixes alone', () => {
    for (const text of [`1${code}`, `${code}1`, code.slice(1), '4200001697202011223344556677']) {
      expect(redact(text)).toBe(text);
    }
    expect(redact('98185965475126865312')).toBe('98185965475126865312');
  });
});
