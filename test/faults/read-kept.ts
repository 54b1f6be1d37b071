import type pg from 'pg';
import { proveLedger } from '../../src/ledger/prove-ledger.js';
import { provePayments } from '../../src/payments/prove-payments.js';
import type { Kept, KeptEntry, KeptPayment } from './check-history.js';

/** Everything that the service has, as the owner of its tables reads it. */
export async function readKept(owner: pg.Pool): Promise<Kept> {
  const rowsOf = async <Row>(sql: string): Promise<Row[]> => (await owner.query(sql)).rows as Row[];
  const query = { query: rowsOf } as Parameters<typeof proveLedger>[0];
  const proofs = [...(await proveLedger(query)), ...(await provePayments(query))];
  const paymentsOf = async (sql: string): Promise<string[]> =>
    (await rowsOf<{ payment: string }>(sql)).map(({ payment }) => payment);
  return {
    payments: await rowsOf<KeptPayment>(
      `select id::text, order_no as "orderNumber", terminal::int, verdict, reason, state, amount::int, captured::int,
         returned::int, card || ' ' || counter as code
       from payments.payment`,
    ),
    entries: await rowsOf<KeptEntry>(
      `select about->>'payment' as payment, entry_kind as kind, sum(amount)::int as "toMerchant"
       from ledger.statement where kind = 'merchant' group by entry, about->>'payment', entry_kind`,
    ),
    events: await rowsOf<{ payment: string; type: string }>(
      `select payload->>'payment' as payment, type from platform.outbox where payload->>'payment' is not null`,
    ),
    receipts: await paymentsOf('select payment::text from receipts.receipt'),
    receiptMessages: await paymentsOf(
      `select substr(dedupe_key, length('receipt ') + 1) as payment from messages.message where kind = 'receipt'`,
    ),
    consumersBehind: await consumersBehind(owner),
    brokenProofs: proofs.filter(({ broken }) => broken !== 0n).map(({ proof }) => proof),
  };
}

/** Consumers that have not heard the last event, and those that set an event aside. */
export async function consumersBehind(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ consumer: string }>(
    `select c.consumer from platform.outbox_cursor c
     where (c.era, c.xid, c.id) < (select o.era, o.xid, o.id from platform.outbox o
                                   order by o.era desc, o.xid desc, o.id desc limit 1)
     union select 'set aside by ' || f.consumer from platform.outbox_failure f`,
  );
  return rows.map(({ consumer }) => consumer);
}
