/** Somebody with every right damages the books; the proofs say what is wrong, each its own kind of damage. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { proveLedger } from './prove-ledger.js';

let copy: TestDatabase;
let client: pg.Client;

const damages: readonly (readonly [proof: string, damage: string])[] = [
  ['every entry sums to zero', 'update ledger.posting set amount = amount + 1 where line = 1'],
  ['the ledger sums to zero', 'update ledger.posting set amount = amount + 1 where line = 1'],
  [
    'every entry has lines and every line an entry',
    'delete from ledger.entry where id = (select min(id) from ledger.entry)',
  ],
  [
    'every entry has lines and every line an entry',
    'delete from ledger.posting where entry = (select min(id) from ledger.entry)',
  ],
  [
    'guarded balance = fold of its postings',
    'update ledger.account set balance = balance + 1 where guarded',
  ],
  [
    'guarded balance = fold of its postings',
    'update ledger.account set seq = seq + 1 where guarded',
  ],
  [
    'running balances chain without a gap',
    'update ledger.posting set balance_after = balance_after + 1 where seq = 1',
  ],
  ['running balances chain without a gap', 'delete from ledger.posting where seq = 1'],
  [
    'unguarded deltas = fold of their postings',
    'update ledger.delta set amount = amount - 1 where id = (select min(id) from ledger.delta)',
  ],
  ['held = sum of open holds', 'update ledger.account set held = held + 1 where guarded'],
  ['every hold = its lines', 'update ledger.hold set amount = amount + 1'],
  ['every hold = its lines', 'delete from ledger.hold_line'],
  [
    'no purse is below zero or below what is held on it',
    `alter table ledger.account drop constraint account_not_overdrawn;
     update ledger.account set balance = -1 where guarded`,
  ],
  [
    'no entry is reversed twice',
    'update ledger.entry set reverses = (select min(id) from ledger.entry) where reverses is null',
  ],
  [
    'append-only tables refuse change',
    'set local session_replication_role = origin; alter table ledger.entry disable trigger append_only',
  ],
  [
    'append-only tables refuse change',
    `set local session_replication_role = origin;
     alter table ledger.posting_2026_11 disable trigger append_only`,
  ],
  [
    'append-only tables refuse change',
    'set local session_replication_role = origin; drop trigger append_only_truncate on ledger.delta',
  ],
];

beforeAll(async () => {
  copy = await createTestDatabase();
  client = new pg.Client({ connectionString: copy.ownerUrl });
  await client.connect();
  await client.query(`
    select platform.set_clock('2026-11-22T04:00:00Z');
    select platform.make_partitions();
    select ledger.record('top-up', array[ledger.open_account(0, 'bank', null, false),
      ledger.open_account(1, 'cash', null, true)], array[-1000, 1000], '{}');
    select ledger.draw('{1}', '{cash}', '{300}', array[ledger.open_account(7, 'merchant', null, false)], '{null}',
      '{sale}', '{null}');
    select ledger.draw('{1}', '{cash}', '{200}', '{null}', array[platform.now() + interval '1 hour'], '{sale}', '{null}');
  `);
});
afterAll(async () => {
  await client.end();
  await copy.drop();
});

async function broken(): Promise<string[]> {
  const database = {
    query: async (sql: string): Promise<never> => (await client.query(sql)).rows as never,
  };
  const proofs = await proveLedger(database);
  return proofs.filter(({ broken: n }) => n !== 0n).map(({ proof }) => proof);
}

describe('the proofs', () => {
  it('find nothing in sound books', async () => {
    expect(await broken()).toEqual([]);
  });

  it.each(damages)('find that not %s: %s', async (proof, damage) => {
    await client.query('begin; set local session_replication_role = replica');
    try {
      await client.query(damage);
      expect(await broken()).toContain(proof);
    } finally {
      await client.query('rollback');
    }
    expect(await broken()).toEqual([]);
  });

  it('are each put to the test here', async () => {
    const { rows } = await client.query<{ proof: string }>('select proof from ledger.prove()');
    const proofs = rows.map(({ proof }) => proof).sort();
    expect([...new Set(damages.map(([proof]) => proof))].sort()).toEqual(proofs);
  });
});
