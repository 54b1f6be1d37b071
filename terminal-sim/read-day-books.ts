import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Proof } from './books.js';
import type { KeptSession } from './judge-devices.js';
import type { GateBooks, KeptPassage, KeptVisit } from './judge-gates.js';
import type { Scope } from './read-books.js';

export type DayBooks = GateBooks & {
  readonly sessions: readonly KeptSession[];
  /** What is proved of gates and devices, beside the ledger's own proofs. */
  readonly proofs: readonly Proof[];
};

const patienceMs = 60_000;
const lookMs = 500;

const openSql = `
  select (select count(*) from gates.visit where terminal = any($1::bigint[]) and ended_at is null)
    + (select count(*) from gates.passage where terminal = any($1::bigint[]) and state = 'authorized')
    + (select count(*) from meters.session where terminal = any($1::bigint[]) and ended_at is null) as open`;

const passagesSql = `
  select order_no as "orderNumber", verdict, reason, state, lapsed, visit::text
  from gates.passage where terminal = any($1::bigint[]) and decided_at >= $2`;

const visitsSql = `
  select v.id::text, v.order_no as "orderNumber", v.state, v.end_reason as "endReason", v.charged::float8,
    (p.captured - p.returned)::float8 as paid
  from gates.visit v
  left join payments.payment p on p.id = v.payment and p.decided_at = v.payment_decided_at
  where v.terminal = any($1::bigint[]) and v.entered_at >= $2`;

const sessionsSql = `
  select s.order_no as "orderNumber", s.end_reason as "endReason", s.last_reading::float8 as reading,
    s.charged::float8, (p.captured - p.returned)::float8 as paid
  from meters.session s
  join payments.payment p on p.id = s.payment and p.decided_at = s.payment_decided_at
  where s.terminal = any($1::bigint[]) and s.began_at >= $2`;

const proofsSql = `
  select format('select proof, broken::float8 from %I.%I()', n.nspname, p.proname) as ask
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('gates', 'meters') and p.proname like 'prove\\_%' and p.pronargs = 0 and p.proretset
  order by 1`;

/** Waits for the clock of the service to end what it ends by itself. */
export async function untilNothingIsOpen(url: string, { terminals }: Scope): Promise<void> {
  await ask(url, async (database) => {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      const { rows } = await database.query<{ open: string }>(openSql, [terminals]);
      if (Number(rows[0]?.open) === 0) return;
      await wait(lookMs);
    }
  });
}

/** Who was where and what ran, past the service and its own view of things. */
export function readDayBooks(url: string, { terminals, since }: Scope): Promise<DayBooks> {
  return ask(url, async (database) => {
    const scope = [terminals, since];
    const passages = await database.query<KeptPassage>(passagesSql, scope);
    const visits = await database.query<KeptVisit>(visitsSql, scope);
    const sessions = await database.query<KeptSession>(sessionsSql, scope);
    const proofs: Proof[] = [];
    for (const { ask: proof } of (await database.query<{ ask: string }>(proofsSql)).rows)
      proofs.push(...(await database.query<Proof>(proof)).rows);
    return { passages: passages.rows, visits: visits.rows, sessions: sessions.rows, proofs };
  });
}

async function ask<Result>(
  url: string,
  look: (database: pg.Client) => Promise<Result>,
): Promise<Result> {
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  try {
    return await look(database);
  } finally {
    await database.end();
  }
}
