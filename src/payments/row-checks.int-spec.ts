import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';

let copy: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  copy = await createTestDatabase();
  owner = new pg.Client({ connectionString: copy.ownerUrl });
  await owner.connect();
  await owner.query(`
    insert into cardholders.cardholder (number, name, group_code) values ('N1', '张三', 'student');
    insert into cards.card (cardholder, number) select id, '1000001' from cardholders.cardholder;
    insert into payment_codes.credential (card, sealed_seed, wrapping_key, alias_seconds, device_name, usable_until)
      select id, '', 'k', 30, 'phone', now() from cards.card;
    select ledger.open_account(id, 'cash', null, true) from cards.card;
    select ledger.open_account(0, 'bank', null, false);`);
});
afterAll(async () => {
  await owner.end();
  await copy.drop();
});

const payment = (what: string, columns: string, values: string): [string, string] => [
  what,
  `insert into payments.payment (id, order_no, terminal, sequence, short_number, place, merchant, business_date, occurred_at,
     decided_at, ${columns})
   values (1, gen_random_uuid(), 1, 1, 'B3-0001', 1, 1, '2026-11-22', now(), now(), ${values})`,
];
const rest = 'verdict, state, reason, amount, captured, returned';

/** To their owner too, past every function: what stands in a row that sales write. */
describe('a row that sales write refuses', () => {
  it.each([
    ['an entry of no kind', `insert into ledger.entry (id, posted_at, kind) values (1, now(), '')`],
    [
      'an entry of a long kind',
      `insert into ledger.entry (id, posted_at, kind) values (1, now(), repeat('a', 33))`,
    ],
    [
      'an account of no kind',
      `insert into ledger.account (owner, kind, guarded) values (1, '', true)`,
    ],
    [
      'a line of nothing',
      `insert into ledger.posting (entry, line, account, amount, posted_at) values (1, 1, 1, 0, now())`,
    ],
    [
      'a line above the bound',
      `insert into ledger.posting (entry, line, account, amount, posted_at) values (1, 1, 1, -1000000000001, now())`,
    ],
    ['a purse below zero', `update ledger.account set balance = -1 where guarded`],
    ['a purse that holds more than it has', `update ledger.account set held = 1 where guarded`],
    ['a purse that holds less than nothing', `update ledger.account set held = -1 where guarded`],
    ['a balance on a shared account', `update ledger.account set balance = 1 where not guarded`],
    ['a hold on a shared account', `update ledger.account set held = 1 where not guarded`],
    ['a short card number', `update cards.card set number = '12345'`],
    ['a card number with letters', `update cards.card set number = '12345a'`],
    ['a status no card has', `update cards.card set status = 'gone'`],
    ['a limit of nothing', `update cards.card set day_limit = 0`],
    ['a limit below nothing', `update cards.card set sale_limit = -1`],
    ['a count limit of nothing', `update cards.card set month_count_limit = 0`],
    ['a status no phone has', `update payment_codes.credential set status = 'gone'`],
    ['an alias time that is no multiple', `update payment_codes.credential set alias_seconds = 31`],
    ['an alias time of nothing', `update payment_codes.credential set alias_seconds = 0`],
    ['a generation proven too early', `update payment_codes.credential set proven_generation = 1`],
    ['a generation proven too late', `update payment_codes.credential set generation = 2`],
    payment('a payment of nothing', rest, `'approved', 'captured', null, 0, 0, 0`),
    payment('a payment above the bound', rest, `'approved', 'held', null, 1000000000001, 0, 0`),
    payment('more captured than was paid', rest, `'approved', 'captured', null, 5, 6, 0`),
    payment('more returned than was captured', rest, `'approved', 'captured', null, 5, 5, 6`),
    payment('less returned than nothing', rest, `'approved', 'captured', null, 5, 5, -1`),
    payment('an unknown state', rest, `'approved', 'gone', null, 5, 5, 0`),
    payment('an unknown verdict', rest, `'perhaps', 'captured', null, 5, 5, 0`),
    payment('a decline without a reason', rest, `'declined', 'declined', null, 5, 0, 0`),
    payment('a reason without a decline', rest, `'approved', 'captured', 'why', 5, 5, 0`),
    payment('a declined verdict in another state', rest, `'declined', 'captured', 'why', 5, 5, 0`),
    payment('a declined state of another verdict', rest, `'approved', 'declined', 'why', 5, 0, 0`),
  ])('%s', async (_, statement) => {
    await expect(owner.query(statement)).rejects.toMatchObject({ code: '23514' });
  });
});
