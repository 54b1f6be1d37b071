import { describe, expect, it } from '@jest/globals';
import { house, modulesFromTheGroundUp, schemaOf } from '../../src/module-graph.js';
import { programSources, sourcesUnder, stringsOf, type Source } from '../support/sources.js';

const linesMax = 100;
const schemas = new Map(modulesFromTheGroundUp.map((name) => [schemaOf(name), name]));
const schemaNames = [...schemas.keys()].sort((a, b) => b.length - a.length).join('|');

const functions = sourcesUnder(['src'], '.sql');
const migrations = sourcesUnder(['migrations'], '.sql');

/** Comments say what they like; words for people inside strings are no names. */
const withoutWords = (sql: string): string =>
  sql
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/'(?:[^']|'')*'/g, (literal) =>
      /^'[a-z_]+\.[a-z_]+'$/.test(literal) ? literal : "''",
    );

/** The schemas that a piece of SQL names. */
const schemasIn = (sql: string): string[] => [
  ...new Set(
    [...withoutWords(sql).matchAll(new RegExp(`(?<![\\w.])(${schemaNames})\\.[a-z_]`, 'g'))].map(
      ([, schema = '']) => schema,
    ),
  ),
];

const isSql = (text: string): boolean =>
  /\b(select|insert into|update|delete from|from|join)\b/.test(text) && /\w\.\w/.test(text);

type Use = { readonly where: string; readonly by: string; readonly schema: string };

const moduleOfMigration = ({ path }: Source): string =>
  modulesFromTheGroundUp
    .filter((name) => new RegExp(`-${name}(-|\\.)`).test(path))
    .sort((a, b) => b.length - a.length)[0] ?? 'nobody';

const usesIn = (where: string, by: string, sql: string): Use[] =>
  schemasIn(sql).map((schema) => ({ where, by, schema }));

const uses: Use[] = [
  ...functions.flatMap(({ path, text }) => usesIn(path, path.split('/')[1] ?? '', text)),
  ...migrations.flatMap((source) => usesIn(source.path, moduleOfMigration(source), source.text)),
  ...programSources(['src']).flatMap((source) =>
    stringsOf(source)
      .filter(isSql)
      .flatMap((sql) => usesIn(source.path, source.path.split('/')[1] ?? '', sql)),
  ),
];

const crossings = uses.filter(({ by, schema }) => schemas.get(schema) !== by);

function isAllowed({ by, schema }: Use): boolean {
  const owner = schemas.get(schema);
  if (owner === undefined || !Object.hasOwn(house, by)) return false;
  const may: readonly string[] = house[by as keyof typeof house].may;
  return owner === 'platform' || owner === by || may.includes(owner);
}

describe('the house in the database', () => {
  it('is told by qualified names, not by what comments and words say', () => {
    const sql = `-- cards.card is not meant
      select payments.decide(t.cards, 'see places.place') from ledger.account where k = 'platform.x'`;
    expect(schemasIn(sql).sort()).toEqual(['ledger', 'payments', 'platform']);
    expect(isAllowed({ where: '', by: 'ledger', schema: 'payments' })).toBe(false);
    expect(isAllowed({ where: '', by: 'payments', schema: 'ledger' })).toBe(true);
  });

  it('was seen at work: functions of one schema use another', () => {
    const among = crossings.filter(({ schema }) => schema !== 'platform');
    expect(among.filter(({ where }) => where.endsWith('.sql')).length).toBeGreaterThan(0);
    expect(uses.filter(({ where }) => where.endsWith('.ts')).length).toBeGreaterThan(0);
  });

  it('is the same house: SQL uses only the schemas of modules on its line', () => {
    const strangers = crossings.filter((use) => !isAllowed(use));
    expect(strangers.map(({ where, schema }) => `${where} → ${schema}`)).toEqual([]);
  });

  it('knows whose every migration is', () => {
    const nobody = migrations.filter((source) => moduleOfMigration(source) === 'nobody');
    expect(nobody.map(({ path }) => path)).toEqual([]);
    const numbers = migrations.map(({ path }) => path.slice('migrations/'.length).slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('keeps functions short enough to be read at once', () => {
    const long = functions.filter(({ text }) => text.trimEnd().split('\n').length > linesMax);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('opens every file with the rule that it keeps', () => {
    const silent = [...functions, ...migrations].filter(({ text }) => !text.startsWith('-- '));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  it('fixes the search path of every function, so that nobody can slip another table under it', () => {
    const loose = [...functions, ...migrations].filter(({ text }) => {
      const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
      return (
        count(/^create (or replace )?(function|procedure) /gm) >
        // A body that begins with `return` is bound when it is created.
        count(/set search_path = pg_catalog, pg_temp/g) + count(/^return /gm)
      );
    });
    expect(loose.map(({ path }) => path)).toEqual([]);
  });

  it('lets the application write no money table', () => {
    const granted = migrations
      .filter((source) => ['ledger', 'payments'].includes(moduleOfMigration(source)))
      .filter(({ text }) => /grant [^;]*\b(insert|update|delete|truncate)\b[^;]* on /i.test(text));
    expect(granted.map(({ path }) => path)).toEqual([]);
  });
});
