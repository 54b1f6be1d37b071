import { describe, expect, it } from '@jest/globals';
import { exists, isTest, read } from '../support/sources.js';

/** Number, and the files of its tests. */
const rows = read('docs/acceptance.md')
  .split('\n')
  .map((line) => /^\| (\d+) .*\|([^|]*)\|$/.exec(line))
  .flatMap((row) => (row === null ? [] : [{ number: Number(row[1]), tests: row[2] ?? '' }]));

describe('the page of what a campus would try', () => {
  it('numbers its lines, and names tests for each', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, at) => at + 1));
    for (const { tests } of rows) expect(tests).toMatch(/`[^`]+\.ts`/);
  });

  it('names only tests that there are', () => {
    const files = rows.flatMap(({ tests }) =>
      Array.from(tests.matchAll(/`([^`]+)`/g), (found) => found[1] ?? ''),
    );
    expect(files.filter((file) => !exists(file) || !isTest(file))).toEqual([]);
  });
});
