/** Many sales over one connection, with nothing between the test and the call that decides them. */
import { makeOrderNumber } from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';

export type Crowd = {
  readonly terminal: string;
  readonly place: string;
  readonly merchant: string;
  readonly credit: string;
  readonly payers: readonly { readonly card: string; readonly credential: string }[];
};

/** People with money, a card and a phone each, and a till to pay at: all in a few statements. */
export async function gatherCrowd(client: pg.Client, people: number): Promise<Crowd> {
  await client.query(
    `with holder as (
       insert into cardholders.cardholder (number, name, group_code)
       select 'h' || n, '张伟', 'staff' from generate_series(1, $1) n returning id, number
     )
     insert into cards.card (cardholder, number)
     select id, '5' || lpad(substr(number, 2), 7, '0') from holder`,
    [people],
  );
  await client.query(
    `insert into payment_codes.credential (card, sealed_seed, wrapping_key, alias_seconds, device_name, usable_until)
     select c.id, 'x', 'w-1', 30, 'phone', platform.now() + interval '14 days' from cards.card c`,
  );
  await client.query(
    `select count(ledger.record('top-up', array[ledger.open_account(0, 'bank', null, false), a.account],
       array[-100000, 100000], '{}'))
     from (select ledger.open_account(c.id, 'cash', null, true) as account from cards.card c) a`,
  );
  const { rows: payers } = await client.query<{ card: string; credential: string }>(
    'select k.card, k.id as credential from payment_codes.credential k order by k.card',
  );
  const { rows } = await client.query<Omit<Crowd, 'payers'>>(
    `with m as (insert into places.merchant (name_zh, name_en) values ('面', 'Noodles') returning id),
     p as (
       insert into places.place (merchant, name_zh, name_en, kind, tariff_type, tariff_amount)
       select id, '面', 'Noodles', 'canteen', 'entered', 5000 from m returning id
     ), t as (
       insert into terminals.terminal (code, place, name_zh, name_en) select 'N1', id, '一', 'One' from p returning id
     ), k as (
       insert into terminals.terminal_key (terminal, generation, algorithm, public_key)
       select id, 1, 'ed25519', '\\x00' from t
     )
     select t.id as terminal, p.id as place, m.id as merchant, ledger.open_account(m.id, 'merchant', null, false) as credit
     from t, p, m`,
  );
  const [till] = rows;
  if (till === undefined) throw new Error('There is no till.');
  return { ...till, payers };
}

type Answer = { readonly verdict: string; readonly reason: string | null };

/** One batch in which everybody pays one fen, half a minute after the batch before. */
export class History {
  private names: readonly string[] = [];
  private sales = 0;

  constructor(
    private readonly client: pg.Client,
    private readonly crowd: Crowd,
  ) {}

  async sell(): Promise<Answer[]> {
    const values = await this.nextBatch();
    const { rows } = await this.client.query<Answer>({
      name: 'authorize',
      text: `select verdict, reason from ${this.call()}`,
      values,
    });
    return rows;
  }

  /** Pages of the database that the call of one batch looked at, itself and everything that it called. */
  async countPages(): Promise<number> {
    const values = await this.nextBatch();
    type Plan = { Plan: Record<'Shared Hit Blocks' | 'Shared Read Blocks', number> };
    const { rows } = await this.client.query<{ 'QUERY PLAN': Plan[] }>(
      `explain (analyze, buffers, timing off, format json) select * from ${this.call()}`,
      values,
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    return (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
  }

  private call(): string {
    return `payments.authorize(${this.names.map((_, at) => `$${at + 1}`).join(', ')})`;
  }

  private async nextBatch(): Promise<unknown[]> {
    const { rows } = await this.client.query<{ step: string; now: Date }>(
      `select platform.set_clock(platform.now() + interval '31 seconds'), platform.now() as now`,
    );
    const now = rows[0]?.now ?? new Date(NaN);
    const counter = Math.floor(now.getTime() / 30_000) * 4;
    const { crowd } = this;
    const each = <Value>(value: (payer: Crowd['payers'][number]) => Value): Value[] =>
      crowd.payers.map(value);
    const parameters: Record<string, unknown[]> = {
      p_terminal: each(() => crowd.terminal),
      p_generation: each(() => 1),
      p_order: each(() => makeOrderNumber(now.getTime(), randomBytes(10))),
      p_hash: each(() => randomBytes(32)),
      p_sequence: each(() => (this.sales += 1)),
      p_short_number: each(() => `N1-${String(this.sales % 10_000).padStart(4, '0')}`),
      p_place: each(() => crowd.place),
      p_merchant: each(() => crowd.merchant),
      p_credit: each(() => crowd.credit),
      p_kinds: each(() => 'subsidy,cash'),
      p_hold_seconds: each(() => null),
      p_card: each(({ card }) => card),
      p_credential: each(({ credential }) => credential),
      p_counter: each(() => counter),
      p_payer: each(() => '张*'),
      p_amount: each(() => 1),
      p_occurred_at: each(() => now),
      p_refused: each(() => null),
      p_code_generation: each(() => 0),
      p_guessed: each(() => null),
    };
    if (this.names.length === 0) this.names = await this.readNames();
    return this.names.map((name) => {
      const values = parameters[name];
      if (values === undefined) throw new Error(`payments.authorize wants to know ${name}.`);
      return values;
    });
  }

  private async readNames(): Promise<string[]> {
    const { rows } = await this.client.query<{ names: string[] }>(
      `select p.proargnames[1:p.pronargs] as names from pg_proc p where p.oid = 'payments.authorize'::regproc`,
    );
    return rows[0]?.names ?? [];
  }
}
