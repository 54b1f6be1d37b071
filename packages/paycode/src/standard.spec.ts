import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { vectors } from '../vectors/read-vectors.js';
import { checkDigit } from './index.js';

const page = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const english = page('payment-code.md');
const chinese = page('payment-code.zh.md');
const headings = (text: string): (string | undefined)[] =>
  [...text.matchAll(/^## ([0-9]+)\. /gm)].map((match) => match[1]);
const CODE_ROW = /^\| [A-Z0] +(?:\| [0-9]+ +){6}\| `([0-9]{20})` +\|$/gm;

describe.each([
  ['English', english],
  ['Chinese', chinese],
])('the %s page of the standard', (_language, text) => {
  it('shows only codes of the vectors', () => {
    const rows = [...text.matchAll(CODE_ROW)];
    expect(rows.length).toBeGreaterThan(10);
    for (const [row, shown] of rows) {
      const [, time, slot, aliasPeriod, prefix, aliasEpoch, counter] = row
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      const printed = { time, slot, aliasPeriod, aliasEpoch, counter };
      const numbers = Object.entries(printed).map(([name, cell]) => [name, Number(cell)]);
      const wanted = { ...Object.fromEntries(numbers), prefix, code: shown };
      expect(vectors.codes).toContainEqual(expect.objectContaining(wanted));
    }
  });

  it('prints the check table the package uses', () => {
    const table = [...text.matchAll(/^[0-9] \|((?: [0-9]){10})$/gm)].map((row) =>
      (row[1] ?? '').trim().split(' ').map(Number),
    );
    expect(table.length).toBe(10);
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,19}$/), (digits) => {
        const last = digits.split('').reduce((row, digit) => table[row]?.[Number(digit)] ?? -1, 0);
        expect(String(last)).toBe(checkDigit(digits));
      }),
    );
  });

  it('prints the vectors of keys, enrolment and ratchet', () => {
    for (const { seed, aliasKey, otpKey } of vectors.keys) {
      for (const value of [seed, aliasKey, otpKey]) expect(text).toContain(value);
    }
    const { issuerPrivateKey, ...enrolment } = vectors.enrolment;
    expect(issuerPrivateKey).toHaveLength(64);
    for (const value of Object.values(enrolment)) expect(text).toContain(String(value));
    for (const value of Object.values(vectors.ratchet[0] ?? {})) {
      expect(text).toContain(String(value));
    }
  });
});

it('the pages have the same sections', () => {
  expect(headings(english)).toEqual(headings(chinese));
  expect(headings(english)).toHaveLength(14);
});
