import type { MeasuredCampus } from '../bench.js';
import { openingBalance, purseKinds, spreadMerchants } from '../campus/campus-plan.js';

export type HistoryPlan = {
  /** A multiple of the number of cards: every card paid equally often. */
  readonly count: number;
  readonly cards: number;
  /** Payments in one statement. */
  readonly chunk: number;
  /** Where numbers of payments and entries begin; the first one is one above. */
  readonly firstPayment: string;
  readonly firstEntry: string;
  readonly from: string;
  readonly until: string;
  readonly era: number;
};

const chunkOfPayments = 200_000;
/** So many payments come to one delta for each merchant, in the mean sixteen sales. */
const paymentsPerDeltas = 16 * spreadMerchants;

/** Sets aside the numbers and the time that history takes, and notes what each card pays from. */
export async function planHistory(
  { owner, size }: MeasuredCampus,
  { payments, months }: { payments: number; months: number },
): Promise<HistoryPlan> {
  const count = Math.floor(payments / size.cards) * size.cards;
  await owner.query(`
    create unlogged table public.past_card as
    select c.id as card, c.cardholder, a.id as purse, (600 + c.id % 1500)::bigint as amount
    from cards.card c
    join ledger.account a on a.owner = c.id and a.guarded
      and a.kind = (array['${purseKinds.join("','")}'])[1 + c.id % ${purseKinds.length}];
    alter table public.past_card add primary key (card);
    create unlogged table public.past_merchant as
    select m.id as merchant, p.id as place, ledger.account_of(m.id, 'merchant') as account, m.id - 2 as number
    from places.merchant m join places.place p on p.merchant = m.id where m.id > 1;
    analyze public.past_card, public.past_merchant`);
  const { rows } = await owner.query<{
    payment: string;
    entry: string;
    from: string;
    until: string;
    era: number;
  }>(
    `select setval('payments.payment_id', nextval('payments.payment_id') + $1)::bigint - $1 as payment,
       setval('ledger.entry_id', nextval('ledger.entry_id') + $1)::bigint - $1 as entry,
       (platform.now() - make_interval(months => $2))::text as from,
       (platform.now() - interval '1 day')::text as until, platform.current_era() as era`,
    [count, months],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('There are no numbers for history.');
  return {
    count,
    cards: size.cards,
    chunk: chunkOfPayments,
    firstPayment: row.payment,
    firstEntry: row.entry,
    from: row.from,
    until: row.until,
    era: row.era,
  };
}

/** What is loaded, chunk by chunk ($1 to $2, counted from 1), on two connections side by side. */
export function statements(plan: HistoryPlan): {
  readonly payments: readonly string[];
  readonly books: readonly string[];
  readonly balances: string;
} {
  const past = pastOf(plan);
  const { firstPayment, firstEntry, era } = plan;
  return {
    payments: [
      `${past}
       insert into payments.payment (id, order_no, terminal, sequence, short_number, place, merchant, card, cardholder,
         credential, counter, payer, amount, verdict, state, captured, entry, business_date, occurred_at, decided_at)
       select ${firstPayment} + i, order_no, terminal, i, short_number, place, merchant, card, cardholder,
         card, floor(extract(epoch from at) / 30)::bigint * 4, '学*', amount, 'approved', 'captured', amount,
         ${firstEntry} + i, (at at time zone 'Asia/Shanghai')::date, at, at
       from past`,
      `${past}
       insert into payments.order_number (order_no, terminal, hash, payment, decided_at)
       select order_no, terminal, sha256(int8send(i)), ${firstPayment} + i, at from past`,
    ],
    books: [
      `${past}
       insert into ledger.entry (id, posted_at, kind, about, era)
       select ${firstEntry} + i, at, 'sale', jsonb_build_object('place', place::text, 'shortNumber', short_number,
         'payment', (${firstPayment} + i)::text), ${era}
       from past`,
      `${past}
       insert into ledger.posting (entry, line, account, amount, seq, balance_after, posted_at)
       select ${firstEntry} + i, 1, purse, -amount, round + 1, ${openingBalance} - round * amount, at from past
       union all
       select ${firstEntry} + i, 2, account, amount, null, null, at from past`,
      `${past}
       insert into ledger.delta (account, amount, entries, posted_at, era)
       select account, sum(amount)::bigint, count(*)::int, max(at), ${era}
       from past group by account, i / ${paymentsPerDeltas}`,
      `${past}
       insert into platform.outbox (type, payload, happened_at, era)
       select 'payment.approved', jsonb_build_object('payment', (${firstPayment} + i)::text, 'cardholder',
         cardholder::text, 'card', card::text, 'merchant', merchant::text, 'place', place::text, 'terminal',
         terminal::text, 'amount', amount, 'state', 'captured', 'entry', (${firstEntry} + i)::text, 'reason', null,
         'shortNumber', short_number), at, ${era}
       from past`,
    ],
    balances: `
      update ledger.account a set balance = a.balance - c.amount * ${plan.count / plan.cards},
        seq = a.seq + ${plan.count / plan.cards}
      from public.past_card c where a.id = c.purse;
      drop table public.past_card, public.past_merchant`,
  };
}

/**
 * The payments of one chunk: evenly over the time, each card once in a round. Order numbers are UUIDv7 of the moment, the
 * rest of their digits drawn from the payment's number, so that every statement finds the same ones.
 */
const pastOf = ({ count, cards, from, until }: HistoryPlan): string => `
  with past as materialized (
    select p.i, p.at, p.round, p.terminal, c.card, c.cardholder, c.purse, c.amount, m.merchant, m.place, m.account,
      'T' || lpad(p.terminal::text, 5, '0') || '-' || lpad((p.i % 10000)::text, 4, '0') as short_number,
      (lpad(to_hex(floor(extract(epoch from p.at) * 1000)::bigint), 12, '0') || '7' || substr(p.digits, 1, 3) || '8' ||
        substr(p.digits, 4, 15))::uuid as order_no
    from (
      select i, '${from}'::timestamptz + (i::float8 / ${count}) * ('${until}'::timestamptz - '${from}'::timestamptz) as at,
        1 + (i - 1) / ${cards} as round, 1 + (i * 7919) % ${cards} as card_number, 1001 + i % 1000 as terminal,
        md5(i::text) as digits
      from generate_series($1::bigint, $2::bigint) i
    ) p
    join public.past_card c on c.card = p.card_number
    join public.past_merchant m on m.number = p.terminal % ${spreadMerchants}
  )`;
