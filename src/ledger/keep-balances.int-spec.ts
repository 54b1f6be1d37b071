/** What was there at any moment of the past, and how little has to be read to know it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type pg from 'pg';
import { Books, type Account } from '../../test/support/books.js';

/** Noon on campus, eight hours before the day ends in UTC. */
const noon = '2026-11-22T04:00:00Z';
const runs = 12;

let books: Books;

beforeAll(async () => {
  books = await Books.open(noon);
});
afterEach(async () => {
  expect(await books.broken()).toEqual([]);
});
afterAll(() => books.close());

type Kept = { date: string; balance: string; held: string };

async function kept({ id }: Account): Promise<string[]> {
  const { rows } = await books.pool.query<Kept>(
    `select business_date::text as date, balance, held from ledger.balance_snapshot
     where account = $1 order by business_date`,
    [id],
  );
  return rows.map(({ date, balance, held }) => `${date} ${balance} ${held}`);
}

const today = async (): Promise<string> =>
  (await books.one<{ day: string }>('select platform.business_date(platform.now())::text as day'))
    .day;

/** The day of the campus's clock, so many days from now. */
async function day(from: string, days: number): Promise<string> {
  const sql = 'select ($1::date + $2::int)::text as day';
  return (await books.one<{ day: string }>(sql, [from, days])).day;
}

/** How often this connection has read postings and days' ends: by an index, and otherwise. */
async function reads(client: pg.PoolClient): Promise<{ probes: number; scans: number }> {
  const { rows } = await client.query<{ probes: number; scans: number }>(
    `select coalesce(sum(idx_scan), 0)::int as probes, coalesce(sum(seq_scan), 0)::int as scans
     from pg_stat_xact_user_tables
     where schemaname = 'ledger' and relname ~ '^(posting|balance_snapshot)'`,
  );
  return rows[0] ?? { probes: 0, scans: 0 };
}

const now = async (): Promise<string> =>
  (await books.one<{ now: string }>('select platform.now()::text as now')).now;

describe("a day's end", () => {
  it('keeps what each account had then, and what was set aside on it', async () => {
    const [purse, merchant] = [await books.purse(1_000), await books.merchant()];
    const first = await today();
    await books.draw(purse, 300, { merchant });
    await books.passTime('1 day');
    const soon = await now();
    const hold = await books.draw(purse, 500, { until: '2030-01-01T00:00:00Z' });
    await books.capture(hold ?? '', 120, false, merchant);
    await books.passTime('1 day');
    await books.capture(hold ?? '', 80, true, merchant);
    await books.passTime('1 day');
    // Nobody was there on these days: all of them are kept now.
    await books.keepBalances();
    expect(await kept(purse)).toEqual([
      `${first} 700 0`,
      `${await day(first, 1)} 580 380`,
      `${await day(first, 2)} 500 0`,
    ]);
    expect(await kept(merchant)).toEqual([
      `${first} 300 0`,
      `${await day(first, 1)} 420 0`,
      `${await day(first, 2)} 500 0`,
    ]);
    const at = 'select ledger.balance_at($1, $2) as balance';
    expect(await books.one(at, [purse.id, soon])).toEqual({ balance: '700' });
    expect(await books.one(at, [merchant.id, soon])).toEqual({ balance: '300' });
  });

  it('is counted by the clock of the campus', async () => {
    const [purse, merchant] = [await books.purse(1_000), await books.merchant()];
    const first = await today();
    // 23:59:50 in Shanghai, and half a minute later.
    await books.pool.query('select platform.set_clock(($1::date)::timestamp + $2)', [
      first,
      '15:59:50',
    ]);
    await books.draw(purse, 100, { merchant });
    await books.passTime('30 seconds');
    await books.draw(purse, 10, { merchant });
    expect(await today()).toBe(await day(first, 1));
    await books.keepBalances();
    expect(await kept(purse)).toEqual([`${first} 900 0`]);
    await books.passTime('1 day');
    await books.keepBalances();
    expect(await kept(purse)).toEqual([`${first} 900 0`, `${await day(first, 1)} 890 0`]);
  });

  it('kept twice, by several at once and account by account, is kept once', async () => {
    const purses = await Promise.all(Array.from({ length: 9 }, () => books.purse(50)));
    await books.passTime('1 day');
    await Promise.all(Array.from({ length: 4 }, () => books.keepBalances(2)));
    await books.keepBalances(2);
    for (const purse of purses) expect(await kept(purse)).toHaveLength(1);
  });

  it('waits for whoever began to post before it', async () => {
    const [purse, merchant] = [await books.purse(1_000), await books.merchant()];
    const slow = await books.pool.connect();
    const taken = 'select count(*)::int as n from ledger.balance_cut where taken_at is null';
    try {
      await slow.query('begin');
      await books.draw(purse, 400, { merchant }, slow);
      await books.passTime('1 day');
      await books.pool.query('select ledger.end_days(10)');
      await books.pool.query('select ledger.take_snapshots(100)');
      expect(await books.one(taken)).toEqual({ n: 1 });
      await slow.query('commit');
    } finally {
      slow.release();
    }
    await books.keepBalances();
    expect(await kept(purse)).toEqual([expect.stringMatching(/ 600 0$/)]);
  });

  it('cannot be changed afterwards', async () => {
    await expect(
      books.pool.query('update ledger.balance_snapshot set balance = balance'),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(books.pool.query('delete from ledger.balance_snapshot')).rejects.toMatchObject({
      code: '42501',
    });
  });
});

type Step =
  | { readonly do: 'fund' | 'sell'; readonly who: number; readonly amount: number }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'keep' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('fund' as const, 'sell' as const),
      who: fc.nat({ max: 2 }),
      amount: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      hours: fc.constantFrom(1, 5, 11, 30, 24 * 20),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'keep' as const }) },
);

describe('the balance at an instant', () => {
  it('is the sum of everything that was posted up to it, whenever one asks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 25 }),
        fc.array(fc.double({ min: 0, max: 1.05, noNaN: true }), { minLength: 5, maxLength: 5 }),
        async (steps, moments) => {
          const began = await now();
          const merchant = await books.merchant();
          const purses = await Promise.all([100, 0, 500].map((cash) => books.purse(cash)));
          for (const each of steps) {
            const purse = 'who' in each ? purses[each.who] : undefined;
            if (each.do === 'wait') await books.passTime(`${each.hours} hours`);
            else if (each.do === 'keep') await books.keepBalances();
            else if (purse !== undefined && each.do === 'fund')
              await books.record(books.bank, purse.id, each.amount);
            else if (purse !== undefined) await books.draw(purse, each.amount, { merchant });
          }
          const { rows } = await books.pool.query(
            `select a.id, t.at, ledger.balance_at(a.id, t.at) as known, coalesce(f.amount, 0) as fold
             from unnest($1::bigint[]) a (id)
             cross join (
               select $2::timestamptz + (platform.now() - $2::timestamptz) * m as at from unnest($3::float8[]) m
               union all
               select distinct p.posted_at from ledger.posting p where p.account = any ($1)
             ) t
             cross join lateral (select sum(p.amount)::bigint as amount from ledger.posting p
               where p.account = a.id and p.posted_at <= t.at) f
             where ledger.balance_at(a.id, t.at) is distinct from coalesce(f.amount, 0)`,
            [[merchant, ...purses].map(({ id }) => id), began, moments],
          );
          expect(rows).toEqual([]);
        },
      ),
      { numRuns: runs },
    );
  });

  it('is read from one day and its month alone, however long ago it was and however long the history', async () => {
    const [purse, merchant] = [await books.purse(1_000), await books.merchant()];
    const moments: string[] = [];
    await books.passTime('1 day');
    for (let month = 0; month < 6; month += 1) {
      await books.draw(purse, 10, { merchant });
      moments.push(await now());
      await books.passTime('31 days');
    }
    await books.keepBalances();
    const client = await books.pool.connect();
    try {
      for (const [index, moment] of [...moments, await now()].entries())
        for (const [account, expected] of [
          [purse.id, 990 - 10 * Math.min(index, 5)],
          [merchant.id, 10 + 10 * Math.min(index, 5)],
        ]) {
          await client.query('begin');
          const before = await reads(client);
          const { rows } = await client.query('select ledger.balance_at($1, $2)::int as balance', [
            account,
            moment,
          ]);
          expect(rows).toEqual([{ balance: expected }]);
          const after = await reads(client);
          await client.query('rollback');
          expect(after.scans - before.scans).toBe(0);
          // One of a month's postings, and one of the days' ends when nothing was posted on the day itself.
          expect(after.probes - before.probes).toBeGreaterThanOrEqual(1);
          expect(after.probes - before.probes).toBeLessThanOrEqual(2);
        }
    } finally {
      client.release();
    }
  });

  it('is nothing for an account that is not there', async () => {
    expect(await books.one('select ledger.balance_at(999999999, now()) as balance')).toEqual({
      balance: null,
    });
  });
});
