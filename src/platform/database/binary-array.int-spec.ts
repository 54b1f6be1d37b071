import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { binaryArray, lengthOfBinaryArray } from './binary-array.js';

let copy: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  copy = await createTestDatabase();
  client = new pg.Client({ connectionString: copy.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await copy.drop();
});

const order = '019abcde-0123-7abc-8def-0123456789ab';
const at = new Date('2026-11-22T04:05:06.789Z');

/** What PostgreSQL makes of an array, each item as text. */
async function heard(type: string, array: Buffer): Promise<unknown> {
  const { rows } = await client.query<{ items: (string | null)[] }>(
    `select array(select i::text from unnest($1::${type}[]) with ordinality u (i, n) order by n) as items`,
    [array],
  );
  return rows[0]?.items;
}

describe('binaryArray', () => {
  it.each([
    ['bigint', binaryArray('bigint', [1n, null, -(2n ** 63n), 2n ** 63n - 1n])],
    ['int', binaryArray('int', [1, null, -(2 ** 31), 2 ** 31 - 1])],
    ['text', binaryArray('text', ['学*', null, '', '{",\\}', 'null'])],
    ['bytea', binaryArray('bytea', [Buffer.from('00ff', 'hex'), null, Buffer.alloc(0)])],
    ['uuid', binaryArray('uuid', [order, null])],
    ['timestamptz', binaryArray('timestamptz', [at, null, new Date('1999-12-31T23:59:59.999Z')])],
  ])('says %s to PostgreSQL as it was meant, nulls too', async (type, array) => {
    await client.query(`set timezone = 'UTC'`);
    const said = {
      bigint: ['1', null, '-9223372036854775808', '9223372036854775807'],
      int: ['1', null, '-2147483648', '2147483647'],
      text: ['学*', null, '', '{",\\}', 'null'],
      bytea: ['\\x00ff', null, '\\x'],
      uuid: [order, null],
      timestamptz: ['2026-11-22 04:05:06.789+00', null, '1999-12-31 23:59:59.999+00'],
    };
    expect(await heard(type, array)).toEqual(said[type as keyof typeof said]);
  });

  it('knows how many items it has', () => {
    expect(lengthOfBinaryArray(binaryArray('text', ['a', null, 'c']))).toBe(3);
  });

  it('refuses what does not fit its type, instead of sending something else', () => {
    expect(() => binaryArray('bigint', [2n ** 63n])).toThrow('range');
    expect(() => binaryArray('int', [2 ** 31])).toThrow('range');
    expect(() => binaryArray('uuid', ['not-a-uuid'])).toThrow('none');
    expect(() => binaryArray('timestamptz', [new Date(Number.NaN)])).toThrow('NaN');
  });
});
