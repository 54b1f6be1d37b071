import { problemMeanings } from '@campus-paycode/terminal-protocol';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { drawCatalogue, readCatalogue, type Listed } from '../support/errors-catalogue.js';
import { absolute, exists, isTest, read, sourcesUnder } from '../support/sources.js';

const pages = { en: 'docs/ERRORS.md', zh: 'docs/ERRORS.zh.md' } as const;
const languages = ['en', 'zh'] as const;

let listed: Listed[];

beforeAll(async () => {
  listed = await readCatalogue();
});

const codesOn = (page: string): string[] =>
  [...page.matchAll(/^\| `([a-z0-9_]+)`/gm)].map(([, code = '']) => code);

describe('the refusals', () => {
  it('have codes of their own, in snake_case', () => {
    const codes = listed.map(({ code }) => code);
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
    expect(codes.filter((code) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(code))).toEqual([]);
  });

  it('speak Chinese and English, and never ask to try again what cannot succeed', () => {
    for (const { code, problem } of listed) {
      expect([code, /\p{Script=Han}/u.test(problem.zh)]).toEqual([code, true]);
      expect([code, /^[A-Z]/.test(problem.en), problem.detail.endsWith('.')]).toEqual([
        code,
        true,
        true,
      ]);
    }
  });

  it.each(languages)('are the ones that the page lists, in both directions (%s)', (language) => {
    const page = drawCatalogue(listed, language);
    // UPDATE=1 writes the pages anew after a catalogue changed.
    if (process.env['UPDATE'] === '1') writeFileSync(absolute(pages[language]), page);
    const written = exists(pages[language]) ? read(pages[language]) : '';
    const inCatalogues = listed.map(({ code }) => code).sort();
    expect(codesOn(written).sort()).toEqual(inCatalogues);
    expect(written).toBe(page);
  });

  it('mean to a terminal what its protocol says', () => {
    const meant = Object.entries(problemMeanings);
    const different = meant.flatMap(([code, { status, retryable, effect }]) => {
      const own = listed.find((each) => each.code === code);
      if (own === undefined) return [`${code} is not in any catalogue`];
      const [here, there] = [own, { status, retryable, effect }].map((each) =>
        [each.status, each.retryable, each.effect].join(' '),
      );
      return here === there ? [] : [`${code}: ${here} here, ${there} in the protocol`];
    });
    expect(different).toEqual([]);
  });

  it('are each provoked by a test', () => {
    const tests = sourcesUnder(['src', 'test'], '.ts')
      .filter(({ path }) => isTest(path) && !path.startsWith('test/architecture/'))
      .map(({ text }) => text)
      .join('\n');
    const unproven = listed.filter(({ code }) => !new RegExp(`['"\`]${code}['"\`]`).test(tests));
    expect(unproven.map(({ module, code }) => `${module}: ${code}`)).toEqual([]);
  });
});
