/** The books by themselves: what they promise, kept against callers, the application's role, and their own owner. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { applicationRole } from '../platform/database/data-source.js';

let copy: TestDatabase;
let owner: pg.Pool;
let bank: string;
let merchant: string;
let owners = 1_000;

const start = '2026-11-22T04:00:00Z';

beforeAll(async () => {
  copy = await createTestDatabase();
  owner = new pg.Pool({ connectionString: copy.ownerUrl, max: 4 });
  owner.on('error', () => undefined);
  bank = await open(0, 'bank', null, false);
  merchant = await open(7, 'merchant', null, false);
  await owner.query('select platform.set_clock($1)', [start]);
});
afterEach(async () => {
  expect(await broken()).toEqual([]);
});
afterAll(async () => {
  await owner.end();
  await copy.drop();
});

async function one<Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row> {
  const { rows } = await owner.query<Row>(sql, values);
  if (rows[0] === undefined) throw new Error(`Nothing came of ${sql}`);
  return rows[0];
}

async function open(
  holder: number,
  kind: string,
  usableUntil: string | null = null,
  guarded = true,
): Promise<string> {
  const sql = 'select ledger.open_account($1, $2, $3, $4) as id';
  return (await one<{ id: string }>(sql, [holder, kind, usableUntil, guarded])).id;
}

async function broken(): Promise<string[]> {
  const { rows } = await owner.query<{ proof: string }>(
    'select proof from ledger.prove() where broken <> 0',
  );
  return rows.map(({ proof }) => proof);
}

const record = async (accounts: unknown[], amounts: unknown[], kind = 'top-up'): Promise<string> =>
  (
    await one<{ id: string }>(`select ledger.record($1, $2, $3, '{}') as id`, [
      kind,
      accounts,
      amounts,
    ])
  ).id;

/** A new owner with so much in cash, and subsidies by the day on which they end. */
async function somebody(cash: number, subsidies: Record<string, number> = {}): Promise<number> {
  owners += 1;
  const holder = owners;
  const purse = await open(holder, 'cash');
  if (cash > 0) await record([bank, purse], [-cash, cash]);
  for (const [until, amount] of Object.entries(subsidies))
    await record([bank, await open(holder, 'subsidy', until)], [-amount, amount]);
  return holder;
}

type Drawn = { number: string | null; free: string };
const draw = async (
  holder: number | null,
  amount: number,
  { kinds = 'subsidy,cash', until = null as string | null } = {},
): Promise<Drawn> =>
  one<Drawn>(
    `select number, free from ledger.draw(array[$1::bigint], array[$2], array[$3::bigint],
       array[case when $4::timestamptz is null then $5::bigint end], array[$4::timestamptz], array['sale'], array['{}'::jsonb])`,
    [holder, kinds, amount, until, merchant],
  );

type Captured = { outcome: string; entry: string | null; released: string };
const capture = (hold: string | null, amount: number, final = true): Promise<Captured> =>
  one<Captured>(`select * from ledger.capture($1, $2, $3, $4, 'capture', '{}')`, [
    hold,
    amount,
    final,
    merchant,
  ]);

/** What the owner has: `cash 900 (100 held)`, subsidies by their last day. */
async function purses(holder: number): Promise<string[]> {
  const { rows } = await owner.query<Record<string, string>>(
    `select kind, to_char(usable_until at time zone 'UTC', ' MM-DD') as day, balance, held
     from ledger.account_balance where owner = $1 order by kind, usable_until`,
    [holder],
  );
  return rows.map(
    ({ kind, day, balance, held }) =>
      `${kind}${day ?? ''} ${balance}${held === '0' ? '' : ` (${held} held)`}`,
  );
}

const lines = async (entry: string | null): Promise<string[]> => {
  const { rows } = await owner.query<{ line: string }>(
    `select concat(s.kind, to_char(a.usable_until at time zone 'UTC', ' MM-DD'), ' ', s.amount) as line
     from ledger.statement s join ledger.account a on a.id = s.account where s.entry = $1 order by s.line`,
    [entry],
  );
  return rows.map(({ line }) => line);
};

const later = '2026-11-22T05:00:00Z';

describe('drawing', () => {
  it('takes subsidies before cash, the one that ends first before the others', async () => {
    const holder = await somebody(1_000, { '2026-12-31': 200, '2026-11-30': 300 });
    const { number, free } = await draw(holder, 600);
    expect(free).toBe('1500');
    expect(await lines(number)).toEqual([
      'subsidy 11-30 -300',
      'subsidy 12-31 -200',
      'cash -100',
      'merchant 600',
    ]);
    expect(await purses(holder)).toEqual(['cash 900', 'subsidy 11-30 0', 'subsidy 12-31 0']);
  });

  it('passes over kinds that are not allowed and subsidies that have ended', async () => {
    const holder = await somebody(100, { '2026-11-01': 500, '2026-12-31': 500 });
    expect(await draw(holder, 101, { kinds: 'cash' })).toEqual({ number: null, free: '100' });
    expect(await draw(holder, 601)).toEqual({ number: null, free: '600' });
    expect(await lines((await draw(holder, 600)).number)).toHaveLength(3);
  });

  it('never goes below zero, not even by one fen, and moves nothing then', async () => {
    const holder = await somebody(100);
    expect(await draw(holder, 101)).toEqual({ number: null, free: '100' });
    expect(await purses(holder)).toEqual(['cash 100']);
    expect((await draw(holder, 100)).number).not.toBeNull();
    expect(await draw(holder, 1)).toEqual({ number: null, free: '0' });
  });

  it('lets who lacks funds disturb nobody else in the batch', async () => {
    const [poor, rich] = [await somebody(10), await somebody(1_000)];
    const { rows } = await owner.query<Drawn>(
      `select number, free from ledger.draw(array[$1, null, $2]::bigint[], array['cash', 'cash', 'cash'],
         array[100, 100, 100], array[$3, $3, $3]::bigint[], array[null, null, null]::timestamptz[],
         array['sale', 'sale', 'sale'], array['{}', '{}', '{}']::jsonb[]) order by ord`,
      [poor, rich, merchant],
    );
    expect(rows.map(({ number }) => number !== null)).toEqual([false, false, true]);
  });

  it('refuses the same owner twice in one batch', async () => {
    const holder = await somebody(1_000);
    const twice = owner.query(
      `select * from ledger.draw(array[$1, $1]::bigint[], array['cash', 'cash'], array[1, 1], array[$2, $2]::bigint[],
         array[null, null]::timestamptz[], array['sale', 'sale'], array['{}', '{}']::jsonb[])`,
      [holder, merchant],
    );
    await expect(twice).rejects.toMatchObject({ code: 'CP003' });
  });

  it('by twenty at once gives away what is there and no more', async () => {
    const holder = await somebody(1_000);
    const drawn = await Promise.all(Array.from({ length: 20 }, () => draw(holder, 100)));
    expect(drawn.filter(({ number }) => number !== null)).toHaveLength(10);
    expect(await purses(holder)).toEqual(['cash 0']);
  });
});

describe('a hold', () => {
  afterEach(() => owner.query('select platform.set_clock($1)', [start]));

  it('sets money aside that nobody else can draw, and posts nothing', async () => {
    const holder = await somebody(500);
    const { number } = await draw(holder, 400, { until: later });
    expect(await purses(holder)).toEqual(['cash 500 (400 held)']);
    expect(await lines(number)).toEqual([]);
    expect(await draw(holder, 101)).toEqual({ number: null, free: '100' });
  });

  it('is captured from the front of its purses and released from the back', async () => {
    const holder = await somebody(1_000, { '2026-11-30': 300, '2026-12-31': 200 });
    const { number } = await draw(holder, 600, { until: later });
    const first = await capture(number, 350, false);
    expect(await lines(first.entry)).toEqual([
      'subsidy 11-30 -300',
      'subsidy 12-31 -50',
      'merchant 350',
    ]);
    const last = await capture(number, 50);
    expect(last).toMatchObject({ outcome: 'captured', released: '200' });
    expect(await lines(last.entry)).toEqual(['subsidy 12-31 -50', 'merchant 50']);
    expect(await purses(holder)).toEqual(['cash 1000', 'subsidy 11-30 0', 'subsidy 12-31 100']);
  });

  it('is captured up to its rest and not a fen beyond', async () => {
    const holder = await somebody(500);
    const { number } = await draw(holder, 400, { until: later });
    expect(await capture(number, 401)).toMatchObject({ outcome: 'exceeds', entry: null });
    expect(await capture(number, 400, false)).toMatchObject({ outcome: 'captured', released: '0' });
    expect(await capture(number, 1)).toMatchObject({ outcome: 'exceeds', entry: null });
    expect(await purses(holder)).toEqual(['cash 100']);
  });

  it('ended by a final capture of nothing gives everything back', async () => {
    const holder = await somebody(500);
    const { number } = await draw(holder, 400, { until: later });
    expect(await capture(number, 0)).toEqual({ outcome: 'captured', entry: null, released: '400' });
    expect(await capture(number, 1)).toMatchObject({ outcome: 'exceeds' });
  });

  it('ends at its instant, for the next sale even before anybody has swept', async () => {
    const holder = await somebody(500);
    await draw(holder, 500, { until: later });
    await owner.query(`select platform.set_clock($1::timestamptz - interval '2 seconds')`, [later]);
    expect(await draw(holder, 1)).toEqual({ number: null, free: '0' });
    await owner.query('select platform.set_clock($1)', [later]);
    expect(await draw(holder, 500)).toMatchObject({ free: '500', number: expect.any(String) });
  });

  it('cannot be captured once it has expired, swept or not', async () => {
    const holder = await somebody(500);
    const { number } = await draw(holder, 500, { until: later });
    await owner.query('select platform.set_clock($1)', [later]);
    expect(await capture(number, 1)).toMatchObject({ outcome: 'expired', entry: null });
    expect(await capture(number, 1)).toMatchObject({ outcome: 'expired', entry: null });
    expect(await purses(holder)).toEqual(['cash 500']);
  });

  it('on a subsidy stays good when the subsidy ends before the hold', async () => {
    const holder = await somebody(0, { '2026-11-22T04:30:00Z': 500 });
    const { number } = await draw(holder, 500, { until: later });
    await owner.query(`select platform.set_clock('2026-11-22T04:45:00Z')`);
    expect(await capture(number, 200)).toMatchObject({ outcome: 'captured', released: '300' });
    expect(await draw(holder, 1)).toEqual({ number: null, free: '0' });
  });
});

describe('a reversal', () => {
  it('mirrors its entry: each purse gets back what it gave', async () => {
    const holder = await somebody(1_000, { '2026-11-30': 300 });
    const { number } = await draw(holder, 450);
    const { id } = await one<{ id: string }>(`select ledger.reverse($1, 'reversal', '{}') as id`, [
      number,
    ]);
    expect(await lines(id)).toEqual(['merchant -450', 'cash 150', 'subsidy 11-30 300']);
    expect(await purses(holder)).toEqual(['cash 1000', 'subsidy 11-30 300']);
    expect(await one('select reverses, kind from ledger.entry where id = $1', [id])).toEqual({
      reverses: number,
      kind: 'reversal',
    });
  });

  it('of an entry that is not there is refused', async () => {
    const nothing = owner.query(`select ledger.reverse(999999999, 'reversal', '{}')`);
    await expect(nothing).rejects.toThrow('null');
  });
});

describe('recording an entry', () => {
  it('refuses one that does not sum to zero', async () => {
    const purse = await open(await somebody(0), 'cash');
    await expect(record([bank, purse], [-100, 101])).rejects.toMatchObject({ code: 'CP002' });
  });

  it('refuses to take what is not there, or is held', async () => {
    const holder = await somebody(100);
    const purse = await open(holder, 'cash');
    await expect(record([purse, bank], [-101, 101])).rejects.toMatchObject({ code: 'CP001' });
    await draw(holder, 60, { until: later });
    await expect(record([purse, bank], [-41, 41])).rejects.toMatchObject({ code: 'CP001' });
    await record([purse, bank], [-40, 40]);
    expect(await purses(holder)).toEqual(['cash 60 (60 held)']);
  });

  it('refuses an account that is not there instead of dropping its line', async () => {
    const purse = await open(await somebody(0), 'cash');
    for (const accounts of [
      [999_999_999, purse],
      [null, purse],
    ])
      await expect(record(accounts, [-100, 100])).rejects.toMatchObject({ code: 'CP004' });
    await expect(record([], [])).rejects.toMatchObject({ code: 'CP004' });
  });

  it('refuses a guarded account twice, a line of zero and a sum beyond all bounds', async () => {
    const purse = await open(await somebody(0), 'cash');
    await expect(record([purse, purse, bank], [1, 1, -2])).rejects.toMatchObject({ code: 'CP003' });
    await expect(record([purse, bank], [0, 0])).rejects.toMatchObject({ code: '23514' });
    const beyond = 1_000_000_000_001;
    await expect(record([purse, bank], [beyond, -beyond])).rejects.toMatchObject({ code: '23514' });
  });

  it('opens an account once, however often it is asked for, at once or later', async () => {
    owners += 1;
    const ids = await Promise.all(Array.from({ length: 8 }, () => open(owners, 'cash')));
    expect(new Set(ids).size).toBe(1);
    expect(await open(owners, 'subsidy', '2026-12-31')).not.toBe(ids[0]);
  });
});

const appendOnly = `
  select coalesce(p.relid, t.name)::regclass::text as name
  from unnest(array['ledger.entry', 'ledger.posting', 'ledger.delta', 'platform.outbox', 'payments.order_number',
    'payments.capture', 'payments.reversal', 'payments.closed_date', 'cards.status_change']::regclass[]) t (name)
  left join lateral pg_partition_tree(t.name) p on true order by 1`;

async function isRefused(sql: string): Promise<void> {
  for (const role of [applicationRole, 'none'])
    await expect(as(role, sql)).rejects.toMatchObject({ code: '42501' });
}

describe('what was written', () => {
  it('is neither changed nor removed, by the application or by the owner, in any partition', async () => {
    const holder = await somebody(100);
    await draw(holder, 10);
    const { rows } = await owner.query<{ name: string }>(appendOnly);
    expect(rows.length).toBeGreaterThan(20);
    for (const { name } of rows) await isRefused(`truncate ${name} cascade`);
    for (const name of ['entry', 'entry_2026_11', 'posting', 'posting_2026_11', 'delta']) {
      const column = name.startsWith('entry') ? 'kind' : 'amount';
      await isRefused(`update ledger.${name} set ${column} = ${column}`);
      await isRefused(`delete from ledger.${name}`);
    }
  });
});

/** Runs one statement as a role on a connection of its own. */
async function as(role: string, sql: string): Promise<pg.QueryResult> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query(`set local role ${role}`);
    return await client.query(sql);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('the application', () => {
  it.each([
    `insert into ledger.account (owner, kind, guarded, balance) values (1, 'cash', true, 100)`,
    `update ledger.account set balance = balance + 1`,
    `insert into ledger.entry (id, posted_at, kind) values (1, now(), 'sale')`,
    `insert into ledger.posting (entry, line, account, amount, posted_at) values (1, 1, 1, 1, now())`,
    `insert into ledger.delta (account, amount, entries) values (1, 1, 1)`,
    `insert into ledger.hold (id, owner, amount, expires_at) values (1, 1, 1, now())`,
    `update ledger.hold_line set captured = 0`,
    `update payments.payment set captured = 0`,
    `insert into payments.order_number (order_no, terminal, decided_at) values (gen_random_uuid(), 1, now())`,
    `insert into payments.closed_date (business_date) values ('2026-11-22')`,
    `update cards.card set day_limit = 1`,
    `update payment_codes.credential set high_water = 0`,
    `update platform.clock set rate = 9`,
    `alter table ledger.entry disable trigger append_only`,
  ])('may not %s', async (sql) => {
    await expect(as(applicationRole, sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    `select ledger.post('{1}', '{sale}', '{null}', '{null}', '{null}', '{1,1}', '{1,2}', '{1,2}', '{-1,1}')`,
    `select ledger.draw('{1}', '{cash}', '{1}', '{1}', '{null}', '{sale}', '{null}')`,
    `select ledger.set_aside('{1}', '{1}', '{1}', '{now}', '{1}', '{1}', '{1}')`,
    `select ledger.capture(1, 1, true, 1, 'capture', '{}')`,
    `select ledger.release_hold(1)`,
    `select ledger.release_expired('{1}')`,
    `select ledger.reverse(1, 'reversal', '{}')`,
    `select cards.count_spending('{1}', '{1}', '2026-11-22', null, now())`,
    `select cards.give_back(1, 1, '2026-11-22', null, true)`,
    `select payment_codes.consume('{1}', '{1}', '{0}')`,
    `select platform.grant_functions()`,
    `select platform.start_era()`,
    `select platform.make_append_only('ledger.hold')`,
  ])('may not move money past the one that decides: %s', async (sql) => {
    await expect(as(applicationRole, sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('may do what modules offer', async () => {
    for (const sql of [
      'select ledger.open_account(1, $$cash$$, null, true)',
      'select ledger.prove()',
    ])
      await expect(as(applicationRole, sql)).resolves.toBeDefined();
  });
});
