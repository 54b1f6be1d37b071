/** The seal against its own specification, against time, and against somebody who can write everything. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import type { Reader } from '../platform/database/transaction.js';
import { hashOfLine, noLine, writeAnchor } from './domain/anchor.js';
import { proveSeal } from './prove-seal.js';
import { readNewestHead } from './store/seal.store.js';

const noon = '2026-11-22T04:00:00Z';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const keys = new Map<string, KeyObject>([['s-1', publicKey]]);

let copy: TestDatabase;
let client: pg.Client;
let database: Reader;
let folder: string;
let file: string;

const chain = 'blocks of the seal follow one another without a gap';
const content = 'every sealed entry is as it was sealed';
const loose = 'every posting is of an entry at its instant';
const lines = 'anchors follow one another and are signed';
const agreement = 'the seal is as it was anchored outside the database';

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'campus-paycode-seal-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function one<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row> {
  const { rows } = await client.query<Row>(sql, values);
  if (rows[0] === undefined) throw new Error(`Nothing came of ${sql}`);
  return rows[0];
}

/** A sale of so much, in a transaction of its own. */
async function sell(amount: number, on: pg.Client = client): Promise<string> {
  const { rows } = await on.query<{ id: string }>(
    `select ledger.record('sale', array[ledger.account_of(1, 'cash'), ledger.account_of(7, 'merchant')],
       array[-$1::bigint, $1], '{"place": "5", "shortNumber": "B3-0427", "菜": "面"}') as id`,
    [amount],
  );
  return rows[0]?.id ?? '';
}

/** The horizon is the server's: transactions of other tests hold it for moments. */
async function sealUntil(total: number, atATime = 4_096): Promise<void> {
  for (;;) {
    await client.query('select ledger.seal_block($1), pg_sleep(0.01)', [atATime]);
    const head = await readNewestHead(database);
    if (Number(head?.total ?? 0n) >= total) return;
  }
}

async function anchorNewest(): Promise<void> {
  const head = await readNewestHead(database);
  if (head === undefined) throw new Error('There is nothing to anchor.');
  const written = readLines();
  const last = written.at(-1);
  const line = writeAnchor(
    {
      block: head.no,
      total: head.total,
      hash: head.hash.toString('hex'),
      at: noon,
      service: 'pay.demo-campus.example',
      previous: last === undefined ? noLine : hashOfLine(last),
    },
    { id: 's-1', privateKey },
  );
  appendFileSync(file, `${line}\n`);
}

function readLines(): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

/** What is broken, with what was found. */
async function broken(): Promise<Record<string, readonly string[]>> {
  const proofs = await proveSeal(database, { file, keys: () => keys });
  return Object.fromEntries(
    proofs
      .filter(({ broken: count }) => count !== 0n)
      .map(({ proof, findings }) => [proof, findings ?? []]),
  );
}

const prepare = async (): Promise<void> => {
  copy = await createTestDatabase();
  file = path.join(folder, `${copy.url.split('_').at(-1)}.jsonl`);
  client = new pg.Client({ connectionString: copy.ownerUrl });
  await client.connect();
  database = {
    query: async (sql, values) => (await client.query(sql, values as never)).rows as never,
  };
  await client.query(`select platform.set_clock('${noon}')`);
  await client.query(`
    select ledger.open_account(7, 'merchant', null, false);
    select ledger.record('top-up', array[ledger.open_account(0, 'bank', null, false),
      ledger.open_account(1, 'cash', null, true)], array[-100000, 100000], '{}')`);
};
const clear = async (): Promise<void> => {
  await client.end();
  await copy.drop();
};

describe('sealing', () => {
  beforeEach(prepare);
  afterEach(clear);

  it('seals in SQL what the verifier recomputes from rows, in blocks of any size', async () => {
    const sizes = [1, 2, 3, 5, 7, 8, 13];
    const count = 1 + sizes.reduce((sum, size) => sum + size, 0);
    for (let sale = 1; sale < count; sale += 1) await sell(sale);
    let sealed = 0;
    for (const size of [1, ...sizes]) {
      sealed += size;
      await sealUntil(sealed, size);
    }
    const blocks = await client.query<{ entries: number }>(
      'select entries from ledger.block order by no',
    );
    expect(blocks.rows.reduce((sum, { entries }) => sum + entries, 0)).toBe(count);
    await anchorNewest();
    expect(await broken()).toEqual({});
  });

  it('seals what an open transaction posted early and committed late, in its place and once', async () => {
    const late = new pg.Client({ connectionString: copy.ownerUrl });
    await late.connect();
    try {
      await late.query('begin');
      const first = await sell(1, late);
      const other = new pg.Client({ connectionString: copy.ownerUrl });
      await other.connect();
      try {
        // Another purse, so that nobody waits for the open one.
        await other.query(`select ledger.record('top-up', array[ledger.account_of(0, 'bank'),
          ledger.open_account(2, 'cash', null, true)], array[-5, 5], '{}')`);
      } finally {
        await other.end();
      }
      // Only the first top-up may be sealed: the open transaction could still add its entry before the second.
      await sealUntil(1);
      const { total } = await one<{ total: string }>(
        'select max(total) as total from ledger.block',
      );
      expect(total).toBe('1');
      await late.query('commit');
      await sealUntil(3);
      await anchorNewest();
      expect(await broken()).toEqual({});
      await client.query('begin; set local session_replication_role = replica');
      await client.query(`update ledger.entry set about = '{"place": "6"}' where id = $1`, [first]);
      expect(Object.keys(await broken())).toEqual([content]);
      await client.query('rollback');
    } finally {
      await late.end();
    }
  });

  it('seals each entry once when two try at the same time', async () => {
    for (let sale = 1; sale <= 20; sale += 1) await sell(sale);
    const others = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const other = new pg.Client({ connectionString: copy.ownerUrl });
        await other.connect();
        return other;
      }),
    );
    for (let turn = 0; turn < 8; turn += 1)
      await Promise.all(others.map((other) => other.query('select ledger.seal_block(2)')));
    await Promise.all(others.map((other) => other.end()));
    await sealUntil(21);
    await anchorNewest();
    expect(await broken()).toEqual({});
  });

  it('goes on in a new era where a dump was restored, though the last migration lies behind', async () => {
    await sell(100);
    // As after a restore: the rows' numbers are far above the cluster's, the last migration's is not.
    await client.query(`set session_replication_role = replica;
      update ledger.entry set xid = (90000000000 + xid::text::bigint)::text::xid8;
      update platform.era set highest_xid = '3';
      set session_replication_role = origin`);
    expect(await one('select ledger.seal_block(9) as sealed')).toEqual({ sealed: 0 });
    for (let migration = 1; migration <= 2; migration += 1)
      await client.query('select platform.start_era()');
    expect(await one('select platform.current_era() as era')).toEqual({ era: 2 });
    await sell(200);
    await sealUntil(3);
    expect(await one('select max(last_era) as era from ledger.block')).toEqual({ era: 2 });
    await anchorNewest();
    expect(await broken()).toEqual({});
  });

  it('leaves nothing half done, and says how far it is behind', async () => {
    await sell(100);
    await client.query('begin');
    await client.query('select ledger.seal_block(1)');
    await client.query('rollback');
    expect(await one('select count(*)::int as blocks from ledger.block')).toEqual({ blocks: 0 });
    await client.query(`select platform.set_clock('2026-11-22T05:00:00Z')`);
    const behind = await one<{ oldest_seconds: number }>('select * from ledger.seal_lag(100)');
    expect(behind.oldest_seconds).toBeGreaterThan(1_800);
    await sealUntil(2);
    expect(await one('select * from ledger.seal_lag(100)')).toEqual({
      entries: 0,
      oldest_seconds: 0,
    });
  });

  it('refuses change of what it sealed, to its owner and to the application', async () => {
    await sealUntil(1);
    for (const sql of [
      'update ledger.block set entries = 2',
      'delete from ledger.block',
      'truncate ledger.block cascade',
    ])
      await expect(client.query(sql)).rejects.toThrow(/append-only/);
    await client.query('set role campus_app');
    for (const sql of [
      'insert into ledger.block select * from ledger.block',
      `select ledger.merkle_root('\\x00')`,
    ])
      await expect(client.query(sql)).rejects.toThrow(/permission denied/);
    await client.query('reset role');
  });
});

describe('the proofs of the seal', () => {
  const entries: string[] = [];

  /** The nth sale: twelve entries in four blocks of three, the top-up first. */
  const nth = (n: number): string => entries[n] ?? '';

  beforeAll(async () => {
    await prepare();
    entries.push((await one<{ id: string }>('select id from ledger.entry')).id);
    for (let sale = 1; sale < 12; sale += 1) entries.push(await sell(sale * 100));
    for (const total of [3, 6, 9, 12]) {
      // A block is as large as the horizon lets it be: each must be whole here.
      while (Number((await readNewestHead(database))?.total ?? 0n) < total)
        await client.query(
          `select ledger.seal_block(3) where (select count(*) from ledger.entry e
             where e.xid < pg_snapshot_xmin(pg_current_snapshot())) >= ${total}`,
        );
      if (total > 3) await anchorNewest();
    }
  });
  afterAll(clear);

  it('find nothing in sound books', async () => {
    expect(await broken()).toEqual({});
    expect(await one('select count(*)::int as blocks from ledger.block')).toEqual({ blocks: 4 });
  });

  const changed = (n: number, block: number): string =>
    `entry ${nth(n)} was changed after block ${block} was sealed`;

  type Damage = readonly [
    name: string,
    sql: () => string,
    found: () => Record<string, readonly (string | RegExp)[]>,
  ];
  const damages: readonly Damage[] = [
    [
      'a changed amount',
      () => `update ledger.posting set amount = amount * 2 where entry = ${nth(4)}`,
      () => ({ [content]: [changed(4, 2)] }),
    ],
    [
      'a changed running balance',
      () =>
        `update ledger.posting set balance_after = 7 where entry = ${nth(4)} and seq is not null`,
      () => ({ [content]: [changed(4, 2)] }),
    ],
    [
      'a changed place',
      () => `update ledger.entry set about = about || '{"place": "6"}' where id = ${nth(5)}`,
      () => ({ [content]: [changed(5, 2)] }),
    ],
    [
      'a changed kind',
      () => `update ledger.entry set kind = 'subsidy' where id = ${nth(0)}`,
      () => ({ [content]: [changed(0, 1)] }),
    ],
    [
      'an entry that claims to reverse another',
      () => `update ledger.entry set reverses = ${nth(1)} where id = ${nth(2)}`,
      () => ({ [content]: [changed(2, 1)] }),
    ],
    [
      'an entry that claims a hold',
      () => `update ledger.entry set hold = 1 where id = ${nth(2)}`,
      () => ({ [content]: [changed(2, 1)] }),
    ],
    [
      'a changed instant',
      () => `update ledger.entry set posted_at = posted_at - interval '1 microsecond' where id = ${nth(8)};
        update ledger.posting set posted_at = posted_at - interval '1 microsecond' where entry = ${nth(8)}`,
      () => ({ [content]: [changed(8, 3)] }),
    ],
    [
      "a posting with another instant than its entry's",
      () => `insert into ledger.posting (entry, line, account, amount, posted_at)
        select entry, 9, account, 5, posted_at + interval '1 day' from ledger.posting
        where entry = ${nth(8)} and line = 1`,
      () => ({ [loose]: [`line 9 is of no entry ${nth(8)}`] }),
    ],
    [
      'a missing posting',
      () => `delete from ledger.posting where entry = ${nth(7)} and line = 2`,
      () => ({ [content]: [changed(7, 3)] }),
    ],
    [
      'a missing entry',
      () =>
        `delete from ledger.entry where id = ${nth(7)}; delete from ledger.posting where entry = ${nth(7)}`,
      () => ({ [content]: [`an entry of block 3 is missing, after entry ${nth(6)}`] }),
    ],
    [
      'a missing first entry',
      () =>
        `delete from ledger.entry where id = ${nth(6)}; delete from ledger.posting where entry = ${nth(6)}`,
      () => ({ [content]: ['an entry of block 3 is missing, at its start'] }),
    ],
    [
      'an entry added in the past',
      () => `insert into ledger.entry (id, posted_at, kind, era, xid)
        select 9000000, posted_at, 'sale', era, xid from ledger.entry where id = ${nth(4)}`,
      () => ({ [content]: ['entry 9000000 is none of block 2: it was added or moved'] }),
    ],
    [
      'two entries that changed places',
      () => `update ledger.entry e set xid = o.xid from ledger.entry o
        where (e.id, o.id) in ((${nth(3)}, ${nth(4)}), (${nth(4)}, ${nth(3)}))`,
      () => ({ [content]: [changed(4, 2), changed(3, 2)] }),
    ],
    [
      'an entry moved to another block',
      () => `update ledger.entry e set xid = o.xid from ledger.entry o
        where e.id = ${nth(3)} and o.id = ${nth(8)}`,
      () => ({
        [content]: [
          'an entry of block 2 is missing, at its start',
          `entry ${nth(3)} is none of block 3: it was added or moved`,
        ],
      }),
    ],
    [
      'blocks that changed places',
      () => `update ledger.block set no = 100 where no = 2; update ledger.block set no = 2 where no = 3;
        update ledger.block set no = 3 where no = 100`,
      () => ({ [chain]: [/block 2/], [content]: [/block 2/], [agreement]: [/block 2/, /block 3/] }),
    ],
    [
      'a block taken out',
      () => 'delete from ledger.block where no = 2',
      () => ({
        [chain]: [/after block 1 comes block 3/],
        [content]: [`entry ${nth(3)} is none of block 3: it was added or moved`],
        [agreement]: ['block 2, anchored at ' + noon + ', was cut off'],
      }),
    ],
    [
      'a changed time of sealing',
      () => `update ledger.block set sealed_at = sealed_at - interval '1 day' where no = 3`,
      () => ({ [chain]: ['block 3 has another hash'] }),
    ],
    [
      'a changed count',
      () => 'update ledger.block set total = total + 1 where no = 4',
      () => ({ [chain]: [/block 4/], [agreement]: [/block 4/] }),
    ],
    [
      'changed leaves under a sound root',
      // Another first byte, whatever it was: hashes differ from run to run.
      () =>
        `update ledger.block set leaves = set_byte(leaves, 0, get_byte(leaves, 0) # 255) where no = 2`,
      () => ({ [content]: ['block 2 does not keep the hashes that its root was made of'] }),
    ],
    [
      'a tail that was cut off, entries and blocks',
      () => `delete from ledger.posting p using ledger.entry e, ledger.block b
          where p.entry = e.id and b.no = 3 and (e.era, e.xid, e.id) > (b.last_era, b.last_xid, b.last_id);
        delete from ledger.entry e using ledger.block b
          where b.no = 3 and (e.era, e.xid, e.id) > (b.last_era, b.last_xid, b.last_id);
        delete from ledger.block where no = 4`,
      () => ({ [agreement]: [`block 4, anchored at ${noon}, was cut off`] }),
    ],
    [
      'a chain rebuilt over altered rows',
      () => `update ledger.posting set amount = amount * 2 where entry = ${nth(10)};
        delete from ledger.block where no = 4; select ledger.seal_block(3)`,
      () => ({ [agreement]: [`block 4 is not the one that was anchored at ${noon}`] }),
    ],
    [
      'a whole seal built anew',
      () => `truncate ledger.anchor, ledger.block;
        update ledger.entry set about = '{}' where id = ${nth(1)};
        do $$ begin while ledger.seal_block(3) > 0 loop end loop; end $$`,
      () => ({ [agreement]: [/^block 2 is not/, /^block 3 is not/, /^block 4 is not/] }),
    ],
  ];

  it.each(damages)('name %s', async (_, sql, found) => {
    await client.query('begin; set local session_replication_role = replica');
    try {
      await client.query(sql());
      const told = await broken();
      expect(Object.keys(told).sort()).toEqual(Object.keys(found()).sort());
      for (const [proof, sentences] of Object.entries(found()))
        for (const sentence of sentences)
          expect(told[proof]).toContainEqual(
            typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
          );
    } finally {
      await client.query('rollback');
    }
    expect(await broken()).toEqual({});
  });

  describe('from outside the database', () => {
    let kept: string;
    beforeEach(() => {
      kept = readFileSync(file, 'utf8');
    });
    afterEach(() => writeFileSync(file, kept));

    const forged = (fields: Record<string, unknown>): void => {
      const all = readLines();
      all[1] = JSON.stringify({ ...(JSON.parse(all[1] ?? '') as object), ...fields });
      writeFileSync(file, `${all.join('\n')}\n`);
    };

    it('name a forged line', async () => {
      forged({ hash: '00'.repeat(32) });
      expect(await broken()).toEqual({
        [lines]: ['line 2 is not signed by s-1', 'line 3 does not follow the line before'],
      });
    });

    it('name a line signed by a key that is not ours', async () => {
      const stranger = generateKeyPairSync('ed25519').privateKey;
      const all = readLines();
      const line = writeAnchor(
        {
          block: 5n,
          total: 13n,
          hash: '11'.repeat(32),
          at: noon,
          service: 'pay.demo-campus.example',
          previous: hashOfLine(all.at(-1) ?? ''),
        },
        { id: 's-1', privateKey: stranger },
      );
      appendFileSync(file, `${line}\n`);
      expect(await broken()).toEqual({ [lines]: ['line 4 is not signed by s-1'] });
    });

    it('name a line that was taken out, and one that is no anchor', async () => {
      const all = readLines();
      writeFileSync(file, `${[all[0], all[2]].join('\n')}\n`);
      expect(await broken()).toEqual({ [lines]: ['line 2 does not follow the line before'] });
      writeFileSync(file, `${all.join('\n')}\nnonsense\n`);
      expect(await broken()).toEqual({ [lines]: ['line 4 is no anchor'] });
    });

    it('pass over a line that a crash cut short', async () => {
      appendFileSync(file, '{"block":"5"');
      expect(await broken()).toEqual({});
    });

    it('name a file that is gone', async () => {
      rmSync(file);
      await client.query('begin; set local session_replication_role = replica');
      expect(await broken()).toEqual({});
      await client.query(`update ledger.block set sealed_at = sealed_at - interval '1 hour'`);
      expect((await broken())[agreement]).toEqual([expect.stringContaining('no file of anchors')]);
      await client.query('rollback');
    });
  });
});
