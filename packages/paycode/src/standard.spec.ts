import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ed25519Vectors, hotlistVectors, signedVectors } from '../vectors/read-signed.js';
import { confirmations, vectors } from '../vectors/read-vectors.js';
import { HOTLIST_HEADER_LENGTH } from './hotlist-update.js';
import {
  checkDigit,
  EMPTY_HOTLIST,
  freshnessOf,
  hotlistAge,
  SIGNED_QR_DIGITS,
  SIGNED_QR_LENGTH,
} from './index.js';

const page = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const english = page('payment-code.md');
const chinese = page('payment-code.zh.md');
const headings = (text: string): (string | undefined)[] =>
  [...text.matchAll(/^##+ ([0-9]+(?:\.[0-9]+)?)\.? /gm)].map((match) => match[1]);
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

  it('prints the vectors of confirmations', () => {
    for (const { key, proof, sent, paymentId, amount, terminalId, expiresAt } of confirmations)
      for (const value of [key, proof, sent, paymentId, String(amount), terminalId, expiresAt])
        expect(text).toContain(value);
  });

  it('prints the vectors of the signed QR and of hotlists', () => {
    const [certificate, code, key] = [
      signedVectors.certificates[0],
      signedVectors.codes[0],
      signedVectors.deviceKeys[0],
    ];
    const { message, name, notAfter, ...printed } = certificate ?? {};
    expect([message?.slice(0, 20), name, notAfter]).toEqual([
      '637063312f6365727400',
      'A',
      1780061200,
    ]);
    const values = [
      ...Object.values(printed),
      key?.challenge,
      key?.deviceKey,
      key?.proof,
      code?.codeTime,
      code?.counter,
      code?.bytes,
      code?.digits,
      ...ed25519Vectors.smallOrder,
      hotlistVectors.made[0]?.bytes,
      hotlistVectors.made[2]?.bytes,
      ...signedVectors.issuerKeys.map((each) => each.publicKey),
    ];
    expect(values.length).toBeGreaterThan(25);
    for (const value of values) expect(text).toContain(String(value));
    for (const { id, publicKey, notBefore, notAfter: end } of signedVectors.issuerKeys) {
      const row = new RegExp(
        `^\\| ${id} +\\| \`${publicKey}\` +\\| ${notBefore} +\\| ${end} +\\|$`,
        'm',
      );
      expect(text).toMatch(row);
    }
    for (const { length } of [signedVectors.refused, signedVectors.offline, ed25519Vectors.cases]) {
      expect(text).toMatch(new RegExp(`(?<![0-9])${length}(?![0-9])`));
    }
  });

  it('says when a code is fresh and a hotlist old as the package does', () => {
    const rows = [...text.matchAll(/^\| ([0-9]+) +\| ([0-9]{10}) +\| `([a-z_]+)` +\|$/gm)];
    expect(rows).toHaveLength(14);
    for (const [index, [row, time, clock, answer]] of rows.entries()) {
      const [from, now] = [Number(time), Number(clock)];
      const said =
        index < 6 ? freshnessOf(from, now) : hotlistAge({ ...EMPTY_HOTLIST, madeAt: from }, now);
      expect([row, said]).toEqual([row, answer]);
    }
  });

  it('names every reason for which a signed QR or a hotlist is refused', () => {
    const reasons = new Set<string>(signedVectors.refused.map((each) => each.refusal));
    for (const each of hotlistVectors.applied) if ('refusal' in each) reasons.add(each.refusal);
    const said = new Set(['normal', 'lower', 'again']);
    for (const { answer } of signedVectors.offline) if (!said.has(answer)) reasons.add(answer);
    expect(reasons.size).toBe(17);
    for (const reason of reasons) expect(text).toMatch(new RegExp(`^\\| .*\`${reason}\``, 'm'));
  });

  it.each([
    ['a signed QR', '13.1', 13, SIGNED_QR_LENGTH],
    ["a hotlist's beginning", '13.9', 9, HOTLIST_HEADER_LENGTH],
  ])('lays the bytes of %s out without a gap', (_what, section, fields, length) => {
    const [, table = ''] = text.split(`### ${section} `);
    const [ours = ''] = table.split(/^##/m);
    const rows = [...ours.matchAll(/^\| ([0-9]+) +\| ([0-9]+) +\|/gm)];
    expect(rows).toHaveLength(fields);
    let end = 0;
    for (const [, offset, size] of rows) {
      expect(Number(offset)).toBe(end);
      end += Number(size);
    }
    expect(end).toBe(length);
    expect(text).toContain(String(SIGNED_QR_DIGITS));
  });
});

it('the pages have the same sections', () => {
  expect(headings(english)).toEqual(headings(chinese));
  expect(headings(english)).toHaveLength(15 + 9);
});
