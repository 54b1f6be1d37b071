import { describe, expect, it } from '@jest/globals';
import { exists, isTest, read, sourcesUnder } from '../support/sources.js';

const page = read('docs/attacks.md');

/** The rows of the first table: the number of an attack, and the files of its tests. */
const rows = page
  .split('\n')
  .map((line) => /^\| (A\d+) .*\|([^|]*)\|$/.exec(line))
  .flatMap((row) => (row === null ? [] : [{ attack: row[1] ?? '', tests: row[2] ?? '' }]));

const filesIn = (text: string): string[] =>
  Array.from(text.matchAll(/`([^`]+\.ts)`/g), (found) => found[1] ?? '');

describe('the page of attacks', () => {
  it('has each attack once, from A1 to A30', () => {
    const numbers = Array.from({ length: 30 }, (_, at) => `A${at + 1}`);
    expect(rows.map(({ attack }) => attack)).toEqual(numbers);
  });

  it('names tests for each, or says why there are none', () => {
    const bare = rows.filter(({ tests }) => filesIn(tests).length === 0);
    expect(bare.filter(({ tests }) => !/^ none: .+/.test(tests))).toEqual([]);
    expect(bare.length).toBeLessThan(3);
  });

  it('names only files that there are', () => {
    const files = filesIn(page);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => !exists(file) || !isTest(file))).toEqual([]);
  });

  it('names every test whose title has the number of an attack', () => {
    const titled = sourcesUnder(['src', 'packages', 'test'], 'spec.ts').flatMap(
      ({ path: file, text }) =>
        Array.from(text.matchAll(/\((A\d+)\)['`]/g), (found) => ({ file, attack: found[1] })),
    );
    expect(titled.length).toBeGreaterThan(8);
    const unnamed = titled.filter(
      ({ file, attack }) =>
        !rows.some((row) => row.attack === attack && filesIn(row.tests).includes(file)),
    );
    expect(unnamed).toEqual([]);
  });
});
