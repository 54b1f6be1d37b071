/** What is written stays: for the application, for the owner of the tables, and in the partitions of months to come. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { applicationRole } from '../../src/platform/database/data-source.js';
import type { TestService } from '../support/service.js';
import { startBusyCampus, type BusyCampus } from './busy-campus.js';

let campus: BusyCampus;
let service: TestService;
let client: PoolClient;

beforeAll(async () => {
  campus = await startBusyCampus();
  service = campus.service;
  client = await service.owner.connect();
});
afterAll(async () => {
  client.release(true);
  await service.close();
});

/** The SQLSTATE that the statement ends with; `done` when nobody refused it. Whatever it did is undone. */
async function outcomeOf(statement: string, role?: string): Promise<string> {
  await client.query('begin');
  try {
    if (role !== undefined) await client.query(`set local role ${role}`);
    const { rowCount } = await client.query(statement);
    return `done to ${rowCount} rows`;
  } catch (error) {
    return (error as { code?: string }).code ?? 'no code';
  } finally {
    await client.query('rollback');
  }
}

/** Every table that promises to be append-only, with its partitions, and whether there is a row to try it on. */
async function keptTables(
  trigger: string,
): Promise<{ name: string; column: string; full: boolean }[]> {
  const { rows } = await client.query<{ name: string; column: string }>(
    `select p.relid::regclass::text as name, quote_ident(a.attname) as column
     from platform.guard g
     cross join lateral (select g.name as relid union select t.relid from pg_partition_tree(g.name) t) p
     join pg_attribute a on a.attrelid = p.relid and a.attnum > 0 and a.attidentity = '' and a.attgenerated = ''
     where g.trigger = $1 and a.attnum = (
       select min(x.attnum) from pg_attribute x
       where x.attrelid = p.relid and x.attnum > 0 and x.attidentity = '' and x.attgenerated = '' and not x.attisdropped)
     order by 1`,
    [trigger],
  );
  const tables = [];
  for (const row of rows) {
    const found = await client.query(`select 1 from ${row.name} limit 1`);
    tables.push({ ...row, full: found.rowCount === 1 });
  }
  return tables;
}

const refused = '42501';

describe('append-only tables', () => {
  it('are these', async () => {
    const names = (await keptTables('append_only')).map(({ name }) => name);
    const roots = names.filter((name) => !/_(\d{4}_\d\d|other)$/.test(name));
    for (const expected of [
      'cards.status_change',
      'ledger.balance_snapshot',
      'ledger.block',
      'ledger.delta',
      'ledger.entry',
      'ledger.posting',
      'payments.capture',
      'payments.closed_date',
      'payments.order_number',
      'payments.reversal',
      'platform.outbox',
      'settlement.business_day',
      'settlement.merchant_day',
      'settlement.shift',
      'settlement.shift_opening',
      'settlement.void',
      'staff.audit',
    ])
      expect(roots).toContain(expected);
    expect(names).toContain('ledger.entry_2026_11');
    expect(names).toContain('platform.outbox_other');
  });

  it('take no update, delete or truncation from the application', async () => {
    for (const { name, column } of await keptTables('append_only'))
      for (const statement of [
        `update ${name} set ${column} = ${column}`,
        `delete from ${name}`,
        `truncate ${name}`,
      ])
        expect([statement, await outcomeOf(statement, applicationRole)]).toEqual([
          statement,
          refused,
        ]);
  });

  it('take none from their owner either', async () => {
    let tried = 0;
    for (const { name, column, full } of await keptTables('append_only')) {
      expect([name, await outcomeOf(`truncate ${name} cascade`)]).toEqual([name, refused]);
      // A guard of rows needs a row to speak.
      if (!full) continue;
      tried += 1;
      for (const statement of [`update ${name} set ${column} = ${column}`, `delete from ${name}`])
        expect([statement, await outcomeOf(statement)]).toEqual([statement, refused]);
    }
    expect(tried).toBeGreaterThanOrEqual(10);
  });

  it('are so in months that begin later', async () => {
    await service.setTime('2027-05-03T04:00:00Z');
    await service.runJob('make-partitions');
    await client.query(`
      select ledger.record('top-up', array[p.account, p.bank], array[5, -5], '{}')
      from (select ledger.account_of(a.owner, 'cash') as account,
              ledger.account_of(0, 'bank') as bank
            from ledger.account a where a.guarded limit 1) p`);
    for (const name of ['ledger.entry_2027_05', 'ledger.posting_2027_05'])
      for (const statement of [
        `update ${name} set posted_at = posted_at`,
        `delete from ${name}`,
        `truncate ${name}`,
      ]) {
        expect([statement, await outcomeOf(statement)]).toEqual([statement, refused]);
        expect([statement, await outcomeOf(statement, applicationRole)]).toEqual([
          statement,
          refused,
        ]);
      }
    expect(await outcomeOf('truncate payments.payment_2027_08')).toBe(refused);
    expect(await outcomeOf('truncate platform.outbox_2027_08')).toBe(refused);
  });
});

describe('rows that change', () => {
  it('are never taken away, by anybody', async () => {
    for (const { name, full } of await keptTables('kept_rows')) {
      expect([name, await outcomeOf(`truncate ${name} cascade`)]).toEqual([name, refused]);
      expect([name, await outcomeOf(`truncate ${name} cascade`, applicationRole)]).toEqual([
        name,
        refused,
      ]);
      if (full) expect([name, await outcomeOf(`delete from ${name}`)]).toEqual([name, refused]);
      expect([name, await outcomeOf(`delete from ${name}`, applicationRole)]).toEqual([
        name,
        refused,
      ]);
    }
    expect((await keptTables('kept_rows')).map(({ name }) => name)).toContain(
      'payments.payment_2026_11',
    );
  });

  const kept = [
    'id',
    'order_no',
    'terminal',
    'card',
    'amount',
    'hold',
    'decided_at',
    'credential',
    'counter',
    'meal',
    'business_date',
  ];
  it.each(kept)('are what they are: no payment gets another %s', async (column) => {
    for (const table of ['payments.payment', 'payments.payment_2026_11'])
      expect(await outcomeOf(`update ${table} set ${column} = ${column}`)).toBe(refused);
  });

  it.each([
    ['capture less', `update payments.payment set captured = captured - 1 where captured > 0`],
    ['return less', `update payments.payment set returned = returned - 1 where returned > 0`],
    [
      'are posted elsewhere',
      `update payments.payment set entry = entry + 1 where entry is not null`,
    ],
    [
      'approve what was declined',
      `update payments.payment set state = 'captured' where state = 'declined'`,
    ],
    [
      'get another verdict',
      `update payments.payment set verdict = 'pending', state = 'held' where verdict = 'approved' and state = 'held'`,
    ],
    [
      'get another reason',
      `update payments.payment set reason = 'card_lost' where verdict = 'declined'`,
    ],
    ['hold again', `update payments.payment set state = 'held' where state = 'captured'`],
    [
      'come back from a reversal',
      `update payments.payment set state = 'captured' where state = 'reversed'`,
    ],
  ])('move forward only: payments never %s', async (_, statement) => {
    expect(await outcomeOf(statement)).toBe(refused);
    expect(await outcomeOf(statement.replace('payments.payment', 'payments.payment_2026_11'))).toBe(
      refused,
    );
  });

  it.each([
    ['an account gets another owner', `update ledger.account set owner = owner`],
    ['an account gets another kind', `update ledger.account set kind = kind`],
    ['a purse loses its guard', `update ledger.account set guarded = false, balance = 0, held = 0`],
    ['a hold gets another amount', `update ledger.hold set amount = amount`],
    [
      'a hold gets another time',
      `update ledger.hold set expires_at = expires_at + interval '1 hour'`,
    ],
    [
      'a hold is captured less',
      `update ledger.hold set captured = captured - 1 where captured > 0 and ended_at is null`,
    ],
    [
      'a hold that has ended begins again',
      `update ledger.hold set ended_at = null where ended_at is not null`,
    ],
    [
      'a word that was given is taken back',
      `update payments.confirmation set outcome = null, ended_at = null where outcome is not null`,
    ],
    ['a word is asked of another', `update payments.confirmation set credential = credential`],
    ['a line of a hold moves to another purse', `update ledger.hold_line set account = account`],
    [
      'a line of a hold is released less',
      `update ledger.hold_line set released = released - 1 where released > 0`,
    ],
    [
      "a phone's mark falls",
      `update payment_codes.credential set high_water = high_water - 1 where high_water > 0`,
    ],
  ])('are guarded: never that %s', async (_, statement) => {
    expect(await outcomeOf(statement)).toBe(refused);
  });

  it('may change where they are meant to', async () => {
    expect(await outcomeOf(`update ledger.account set balance = balance`)).toMatch(
      /^done to [1-9]/,
    );
    expect(await outcomeOf(`update payments.payment set returned = returned`)).toMatch(
      /^done to [1-9]/,
    );
    expect(
      await outcomeOf(`update payment_codes.credential set high_water = high_water + 1`),
    ).toMatch(/^done to [1-9]/);
  });
});
