import pg from 'pg';
import type { BookedPayment, Books } from './books.js';
import type { Office } from './office.js';

export type Scope = {
  readonly terminals: readonly string[];
  /** When the lunch began by the service's clock, ISO in UTC. */
  readonly since: string;
};

/** What the office sees, over its own routes. */
export async function askOffice(office: Office, { terminals, since }: Scope): Promise<Books> {
  const payments: BookedPayment[] = [];
  for (const terminal of terminals) payments.push(...(await office.paymentsOf(terminal, since)));
  return { payments, entries: null, proofs: null, ledgerSum: await office.trialBalance() };
}

const paymentsSql = `
  select id, order_no as "orderNumber", verdict, reason, state, amount, captured, returned
  from payments.payment where terminal = any($1::bigint[]) and decided_at >= $2`;

const entriesSql = `
  select s.entry, s.about->>'payment' as payment, s.entry_kind as kind,
    coalesce(sum(s.amount) filter (where s.kind = 'merchant'), 0) as "toMerchant"
  from ledger.statement s
  where s.posted_at >= $2 and s.entry_kind in ('sale', 'capture', 'reversal')
    and s.about->>'payment' = any($1::text[])
  group by 1, 2, 3`;

/** What stands in the database itself, past the service and its own view of things. */
export async function openDatabase(url: string, { terminals, since }: Scope): Promise<Books> {
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  try {
    // One moment for all of it: other sales may go on meanwhile.
    await database.query('begin isolation level repeatable read');
    const payments = await database.query(paymentsSql, [terminals, since]);
    const ids = payments.rows.map(({ id }: { id: string }) => id);
    const entries = await database.query(entriesSql, [ids, since]);
    const proofs = await database.query('select proof, broken from ledger.prove()');
    const total = await database.query(
      'select coalesce(sum(amount), 0)::text as total from ledger.posting',
    );
    await database.query('commit');
    return {
      payments: payments.rows.map(withNumbers(['amount', 'captured', 'returned'])),
      entries: entries.rows.map(withNumbers(['toMerchant'])),
      proofs: proofs.rows.map(withNumbers(['broken'])),
      ledgerSum: BigInt(String(total.rows[0]?.total)),
    };
  } finally {
    await database.end();
  }
}

/** PostgreSQL's bigint arrives as text; these columns are small enough for a number. */
function withNumbers<Row>(columns: readonly (keyof Row & string)[]): (row: object) => Row {
  return (row) => {
    const numbers = columns.map((column) => [column, Number((row as Row)[column])]);
    return { ...row, ...Object.fromEntries(numbers) } as Row;
  };
}
