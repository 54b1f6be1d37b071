/** Accounts that everybody pays into: no sale touches a row that another sale needs, and the balance is right all the same. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Books, type Account } from '../../test/support/books.js';

let books: Books;

beforeAll(async () => {
  books = await Books.open('2026-11-22T04:00:00Z');
});
afterAll(async () => {
  expect(await books.broken()).toEqual([]);
  await books.close();
});

/** A merchant that got so many payments of one fen each. */
async function merchantWith(payments: number): Promise<Account> {
  const merchant = await books.merchant();
  await books.pool.query(
    `select count(ledger.record('top-up', array[$1, $2]::bigint[], array[-1, 1], '{}'))
     from generate_series(1, $3)`,
    [books.bank, merchant.id, payments],
  );
  return merchant;
}

describe('a sale', () => {
  it('waits for nothing that the merchant has: its rows may be locked while a thousand sales go on', async () => {
    const merchant = await books.merchant();
    const purses = await Promise.all(Array.from({ length: 20 }, () => books.purse(100)));
    const lock = await books.pool.connect();
    const sales = await books.pool.connect();
    try {
      await lock.query('begin');
      await lock.query('select from ledger.account where id = $1 for update', [merchant.id]);
      await lock.query('select from ledger.rollup where account = $1 for update', [merchant.id]);
      // A sale that waits for one of them fails instead of waiting for ever.
      await sales.query(`set lock_timeout = '2s'`);
      for (let round = 0; round < 50; round += 1)
        await sales.query(
          `select * from ledger.draw($1::bigint[], array_fill('cash'::text, '{20}'), array_fill(1::bigint, '{20}'),
             array_fill($2::bigint, '{20}'), array_fill(null::timestamptz, '{20}'),
             array_fill('sale'::text, '{20}'), array_fill('{}'::jsonb, '{20}'))`,
          [purses.map(({ owner }) => owner), merchant.id],
        );
    } finally {
      await sales.query('reset lock_timeout');
      sales.release();
      await lock.query('rollback');
      lock.release();
    }
    expect(await books.balance(merchant.id)).toBe('1000');
    const { rows } = await books.pool.query<{ entries: number }>(
      'select entries from ledger.delta where account = $1',
      [merchant.id],
    );
    expect(rows.map(({ entries }) => entries)).toEqual(Array.from({ length: 50 }, () => 20));
  });
});

describe('folding', () => {
  it('changes no balance, and leaves nothing to be added up again', async () => {
    const merchant = await merchantWith(30);
    expect(await books.balance(merchant.id)).toBe('30');
    await books.foldAll();
    expect(await books.balance(merchant.id)).toBe('30');
    const sql = 'select balance, entries from ledger.rollup where account = $1';
    expect(await books.one(sql, [merchant.id])).toEqual({ balance: '30', entries: '30' });
    await books.record(books.bank, merchant.id, 5);
    expect(await books.balance(merchant.id)).toBe('35');
    await books.foldAll();
    expect(await books.one(sql, [merchant.id])).toEqual({ balance: '35', entries: '31' });
  });

  it('never passes over a sale that commits later than one that began after it', async () => {
    const merchant = await books.merchant();
    const [slow, quick] = [await books.purse(100), await books.purse(100)];
    const late = await books.pool.connect();
    try {
      await late.query('begin');
      await books.draw(slow, 10, { merchant }, late);
      await books.draw(quick, 5, { merchant });
      await books.pool.query('select * from ledger.fold_deltas(0, 1000, 1000)');
      expect(await books.balance(merchant.id)).toBe('5');
      await late.query('commit');
    } finally {
      late.release();
    }
    expect(await books.balance(merchant.id)).toBe('15');
    await books.foldAll();
    expect(await books.balance(merchant.id)).toBe('15');
    const sql = 'select balance from ledger.rollup where account = $1';
    expect(await books.one(sql, [merchant.id])).toEqual({ balance: '15' });
  });

  it('by four at once adds each delta once', async () => {
    const merchant = await merchantWith(200);
    const fold = (): Promise<unknown> =>
      books.pool.query('select * from ledger.fold_deltas(0, 1000, 7)');
    for (let round = 0; round < 12; round += 1) await Promise.all([fold(), fold(), fold(), fold()]);
    await books.foldAll();
    expect(
      await books.one('select balance, entries from ledger.rollup where account = $1', [
        merchant.id,
      ]),
    ).toEqual({ balance: '200', entries: '200' });
  });

  it('makes the balance of a long history as cheap as that of a short one', async () => {
    const [long, short] = [await merchantWith(1_500), await merchantWith(1)];
    const pagesOf = async ({ id }: Account): Promise<number> => {
      const { rows } = await books.pool.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
        `explain (analyze, buffers, format json)
         select balance from ledger.account_balance where account = ${id}`,
      );
      const plan = rows[0]?.['QUERY PLAN'][0].Plan ?? {};
      return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
    };
    await books.pool.query('analyze ledger.delta, ledger.rollup, ledger.account');
    expect(await pagesOf(long)).toBeGreaterThan(20);
    await books.foldAll();
    await books.pool.query('vacuum ledger.rollup');
    expect(await pagesOf(long)).toBeLessThanOrEqual((await pagesOf(short)) + 5);
  });
});

type Withdrawn = { outcome: string; entry: string | null; balance: string };

describe('a payout', () => {
  const withdraw = `select * from ledger.withdraw($1, $2, $3, 'payout', '{}')`;

  it('takes what is there, folded or not, and not a fen more', async () => {
    const merchant = await merchantWith(10);
    await books.foldAll();
    await books.record(books.bank, merchant.id, 5);
    expect(await books.one(withdraw, [merchant.id, books.bank, 16])).toEqual({
      outcome: 'exceeds',
      entry: null,
      balance: '15',
    });
    expect(await books.one(withdraw, [merchant.id, books.bank, 15])).toMatchObject({
      outcome: 'withdrawn',
      balance: '0',
    });
    expect(await books.balance(merchant.id)).toBe('0');
    expect(await books.one(withdraw, [merchant.id, books.bank, 1])).toMatchObject({
      outcome: 'exceeds',
    });
  });

  it('waits for another of the same merchant, and finds nothing left to pay', async () => {
    const merchant = await merchantWith(10);
    const first = await books.pool.connect();
    let second: Promise<Withdrawn>;
    try {
      await first.query('begin');
      await first.query(withdraw, [merchant.id, books.bank, 10]);
      second = books.one<Withdrawn>(withdraw, [merchant.id, books.bank, 10]);
      await books.untilSomebodyWaits();
      await first.query('commit');
    } finally {
      first.release();
    }
    expect(await second).toEqual({ outcome: 'exceeds', entry: null, balance: '0' });
  });

  it('neither waits for a sale nor makes one wait', async () => {
    const merchant = await merchantWith(10);
    const purse = await books.purse(100);
    const [payout, sale] = [await books.pool.connect(), await books.pool.connect()];
    try {
      for (const client of [payout, sale]) {
        await client.query(`set lock_timeout = '2s'`);
        await client.query('begin');
      }
      await books.draw(purse, 7, { merchant }, sale);
      const { rows } = await payout.query(withdraw, [merchant.id, books.bank, 10]);
      expect(rows[0]).toMatchObject({ outcome: 'withdrawn', balance: '0' });
      await books.draw(await books.purse(100), 3, { merchant }, sale);
      await sale.query('commit');
      await payout.query('commit');
    } finally {
      for (const client of [payout, sale]) {
        await client.query('rollback; reset lock_timeout');
        client.release();
      }
    }
    expect(await books.balance(merchant.id)).toBe('10');
  });

  it('is made neither from a purse nor to one', async () => {
    const merchant = await merchantWith(10);
    const { id } = await books.purse(10);
    await expect(books.one(withdraw, [id, books.bank, 1])).rejects.toMatchObject({ code: 'CP004' });
    await expect(books.one(withdraw, [merchant.id, id, 1])).rejects.toMatchObject({
      code: 'CP005',
    });
    await expect(books.one(withdraw, [merchant.id, books.bank, 0])).rejects.toMatchObject({
      code: 'CP005',
    });
  });
});
