import { createPublicKey } from 'node:crypto';
import pg from 'pg';
import { sealSeed } from '../../src/payment-codes/domain/seal-seed.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { openKeyRing, type KeyRing } from '../../src/platform/config/key-ring.js';
import {
  codeOf,
  emptyPurses,
  merchantCount,
  merchantOf,
  openingBalance,
  purseKinds,
  seedOf,
  terminalKeyOf,
  type CampusSize,
} from './campus-plan.js';

const chunk = 5_000;

/** Fen and sales that nobody spends in a run. */
const limitAmount = 100_000_000_000;
const limitCount = 1_000_000_000;

/**
 * Fills a migrated and empty database with a campus of the given size, as the owner of its tables and set by set. Cards,
 * terminals and merchants are numbered from 1. What it posts is posted by the ledger's own function, so that its proofs
 * hold.
 */
export async function buildCampus(config: AppConfig, size: CampusSize): Promise<void> {
  const client = new pg.Client({ connectionString: config.ownerUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    await setLunchTime(client);
    await addMerchants(client);
    await addTerminals(client, size);
    await setRules(client);
    await addCards(client, size);
    await addCredentials(client, openKeyRing(config), size);
    await fillPurses(client, size);
    await vacuumFilled(client);
  } finally {
    await client.end();
  }
}

/**
 * As autovacuum would: it passes over tables that nobody has written to. One that is vacuumed while it is empty is known
 * to be empty from then on, and what is planned for it before it fills is planned for no rows.
 */
export async function vacuumFilled(client: Pick<pg.Client, 'query'>): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' and pg_relation_size(c.oid) > 0`,
  );
  await client.query(`vacuum (analyze) ${rows.map(({ name }) => name).join()}`);
}

/** In campus time: inside a meal, so that its limits are counted too. */
async function setLunchTime(client: pg.Client): Promise<void> {
  await client.query(
    `select platform.set_clock((((now() at time zone c.time_zone)::date + time '10:35') at time zone c.time_zone), 1)
     from platform.campus c`,
  );
}

async function addMerchants(client: pg.Client): Promise<void> {
  await client.query(
    `with merchant as (
       insert into places.merchant (name_zh, name_en)
       select '商户 ' || n, 'Merchant ' || n from generate_series(1, $1::int) n order by n
       returning id, name_zh, name_en
     ), place as (
       insert into places.place (merchant, name_zh, name_en, kind, tariff_type, tariff_amount)
       select id, name_zh, name_en, 'canteen', 'entered', 100000 from merchant order by id
     )
     select ledger.open_account(id, 'merchant', null, false) from merchant order by id`,
    [merchantCount],
  );
  await client.query(
    `select ledger.open_account(0, kind, null, false) from unnest(array['bank', 'subsidy-expense']) kind`,
  );
}

async function addTerminals(client: pg.Client, size: CampusSize): Promise<void> {
  const numbers = Array.from({ length: size.terminals }, (_, index) => index + 1);
  await client.query(
    `insert into terminals.terminal (code, place, name_zh, name_en)
     select t.code, t.place, t.code, t.code from unnest($1::text[], $2::bigint[]) t (code, place)`,
    [numbers.map(codeOf), numbers.map((number) => merchantOf(number, size))],
  );
  await client.query(
    `insert into terminals.terminal_key (terminal, generation, algorithm, public_key)
     select t.id, 1, 'ed25519', k.public_key
     from unnest($1::text[], $2::bytea[]) k (code, public_key) join terminals.terminal t using (code)`,
    [numbers.map(codeOf), numbers.map(publicKeyOf)],
  );
}

function publicKeyOf(terminal: number): Buffer {
  const { x } = createPublicKey(terminalKeyOf(terminal)).export({ format: 'jwk' });
  return Buffer.from(String(x), 'base64url');
}

/** Every limit there is, none of which is ever reached, and the order of the three purses. */
async function setRules(client: pg.Client): Promise<void> {
  await client.query(
    `update cards.group_limit set sale_limit = $1, meal_limit = $1, day_limit = $1, month_limit = $1,
       meal_count_limit = $2, day_count_limit = $2, month_count_limit = $2,
       asks_above = $1, asks_after = $2, asks_again = null`,
    [limitAmount, limitCount],
  );
  await client.query(
    `insert into cards.purse_kind (code, name_zh, name_en, place_kinds)
     values ('subsidy-canteen', '食堂补贴', 'canteen subsidy', array['canteen'])`,
  );
  await client.query(`delete from cards.purse_order`);
  await client.query(
    `insert into cards.purse_order (group_code, position, kind)
     select g.group_code, k.position, k.kind
     from cards.group_limit g, unnest($1::text[]) with ordinality k (kind, position)`,
    [purseKinds],
  );
}

async function addCards(client: pg.Client, { cards }: CampusSize): Promise<void> {
  await client.query(
    `insert into cardholders.cardholder (number, name, group_code)
     select 'N' || n, '学生' || n, 'student' from generate_series(1, $1::int) n order by n`,
    [cards],
  );
  await client.query(
    `insert into cards.card (cardholder, number)
     select h.id, (1000000 + h.id)::text from cardholders.cardholder h order by h.id`,
  );
  await client.query(
    `insert into ledger.account (owner, kind, usable_until, guarded)
     select c.id, k.kind, case when k.kind <> 'cash' then platform.now() + interval '1 year' end, true
     from cards.card c, unnest($1::text[]) with ordinality k (kind, position)
     order by c.id, k.position`,
    [purseKinds],
  );
}

async function addCredentials(client: pg.Client, keys: KeyRing, size: CampusSize): Promise<void> {
  for (let from = 1; from <= size.cards; from += chunk) {
    const count = Math.min(chunk, size.cards - from + 1);
    const cards = Array.from({ length: count }, (_, index) => from + index);
    const sealed = cards.map((card) => sealSeed(keys, BigInt(card), seedOf(card)));
    await client.query(
      `insert into payment_codes.credential
         (card, sealed_seed, wrapping_key, alias_seconds, device_name, usable_until)
       select k.card, k.seed, $3, 30, 'bench', platform.now() + interval '1 year'
       from unnest($1::bigint[], $2::bytea[]) k (card, seed) order by k.card`,
      [cards, sealed.map(({ sealed: seed }) => seed), keys.currentWrappingKey],
    );
  }
}

/** One entry for each chunk of cards: their purses against the bank and the subsidy's expense. */
async function fillPurses(client: pg.Client, { cards }: CampusSize): Promise<void> {
  for (let from = 1; from <= cards; from += chunk) {
    const owners = Array.from({ length: Math.min(chunk, cards - from + 1) }, (_, i) => from + i);
    await client.query(
      `with filled as (
         select a.id, $3::bigint as amount, case a.kind when 'cash' then 'bank' else 'subsidy-expense' end as source
         from unnest($1::bigint[], $2::int[]) o (owner, empty)
         join ledger.account a on a.owner = o.owner and a.guarded
         where array_position($4::text[], a.kind) > o.empty
       ), line as (
         select id, amount from filled
         union all
         select ledger.account_of(0, source), -sum(amount)::bigint from filled group by source
       )
       select ledger.record('subsidy', array_agg(id), array_agg(amount), '{}') from line`,
      [owners, owners.map(emptyPurses), openingBalance.toString(), purseKinds],
    );
  }
}
