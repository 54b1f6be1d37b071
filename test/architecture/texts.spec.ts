import { describe, expect, it } from '@jest/globals';
import { filesUnder, isTest, programSources, sourcesUnder } from '../support/sources.js';

const folders = ['src', 'packages', 'test', 'local', 'terminal-sim', 'bench'];
const sources = programSources(folders);
const tests = sourcesUnder(folders, '.ts').filter(({ path }) => isTest(path));
const names = (found: readonly { path: string }[]): string[] => found.map(({ path }) => path);

describe('files', () => {
  it('are named in kebab-case, after what they do and not after a habit', () => {
    const files = [...folders, 'pages']
      .flatMap(filesUnder)
      .filter((file) => /\.m?[tj]s$/.test(file));
    const shape = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+(-[a-z]+)*)*\.m?[tj]s$/;
    const habit = /\.(service|manager|helper|util|utils|dto|constants)\.ts$/;
    const wrong = files.filter((file) => {
      const name = file.split('/').at(-1) ?? '';
      return !shape.test(name) || habit.test(name);
    });
    expect(wrong).toEqual([]);
  });

  it('export by name', () => {
    const defaults = sources.filter(({ text }) => /^export default /m.test(text));
    expect(names(defaults)).toEqual([]);
  });

  it('use unions of strings instead of enums', () => {
    expect(names(sources.filter(({ text }) => /^(export )?(const )?enum /m.test(text)))).toEqual(
      [],
    );
  });

  it('open transactions in one place; the proofs read one snapshot of their own', () => {
    const places = ['src/platform/database/transaction.ts', 'src/verify.ts'];
    const opened = programSources(['src']).filter(
      ({ path, text }) => /\.transaction\(/.test(text) && !places.includes(path),
    );
    expect(names(opened)).toEqual([]);
  });
});

describe('tests', () => {
  it('are all run: none is skipped, put off or run alone', () => {
    const away =
      /\b(describe|it|test)\.(skip|only|todo|failing)\b|\b(xit|xdescribe|fit|fdescribe)\(/;
    expect(tests.length).toBeGreaterThan(20);
    expect(names(tests.filter(({ text }) => away.test(text)))).toEqual([]);
  });

  it('are titled with facts', () => {
    const wishes = tests.filter(({ text }) =>
      /\bit(\.each\([^)]*\))?\(\s*['"`]should\b/.test(text),
    );
    expect(names(wishes)).toEqual([]);
  });
});
