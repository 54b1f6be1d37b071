import { damagesOfGates } from './damages-of-gates.js';
import { damagesOfMeters } from './damages-of-meters.js';
import { damagesOfSessions } from './damages-of-sessions.js';
import { damagesOfStaticCredentials } from './damages-of-static-credentials.js';
import { damagesOfVoids, voids } from './damages-of-voids.js';

/**
 * What somebody with every right could do to the books, and which proofs must say so. `sale`, `other`, `declined`, `taken_back`,
 * `refunded` (in part), `metered` (captured in part),
 * `open` (captured in part, still held) and `expired` are the payments of the test.
 */
export type Damage = {
  /** SQL, run with all triggers asleep. */
  readonly by: string;
  /** The proof that is there for it, then all others that cannot help noticing. */
  readonly breaks: readonly [string, ...string[]];
};

const sumsToZero = 'every entry sums to zero';
const allZero = 'the ledger sums to zero';
const linesAndEntries = 'every entry has lines and every line an entry';
const oneNumber = 'every number is one entry or one hold';
const givenBack = 'what is given back was taken before';
const fold = 'guarded balance = fold of its postings';
const deltas = 'unguarded deltas = fold of their postings';
const places = 'every line lies on an account, numbered where it carries its balance';
const chain = 'running balances chain without a gap';
const everBelow = 'no purse was ever below zero';
const below = 'no purse is below zero or below what is held on it';
const held = 'held = sum of open holds';
const holdLines = 'every hold = its lines';
const ownPurses = 'a hold lies on purses of its owner';
const rollups = 'every rollup = fold of its deltas up to its position';
const dayEnds = 'every balance at the end of a day = fold of what was posted before';
const dayHolds = 'held at the end of a day = sum of the holds that were open then';
const cuts = 'days end one after the other, each at its midnight';
const blocks = 'blocks of the seal follow one another without a gap';
const sealed = 'every sealed entry is as it was sealed';
const instants = 'every posting is of an entry at its instant';
const anchors = 'anchors follow one another and are signed';
const anchored = 'the seal is as it was anchored outside the database';
const capturedPosted = 'what holds captured is posted, purse by purse';
const numbers = 'every answered order number has its payment, and every payment its number';
const twice = 'no payment is there twice';
const codeTwice = 'no code is used twice, not even by a sale that was declined';
const mark = "a phone's mark is at the highest code that was used";
const ownCard = "every payment is of a phone's own card, and of a card's own cardholder";
const saleEntry =
  'an approved sale without a hold has one entry of its amount, a declined one none';
const captureEntry = 'every capture has one entry of its amount, out of its own hold';
const hasPayment = 'every sale and capture in the ledger has its payment';
const ownMoney = 'a sale is paid from the purses of its own card';
const captures = 'a held sale captured what its captures say, from its own hold';
const allowances =
  "every hold for later sales is one phone's allowance, and every allowance has its hold";
const cashAlone = 'an allowance lies on cash alone';
const certificateMark = "a certificate's mark is the highest counter that was accepted";
const outlive = "nobody's certificates outlive the right to use them";
const oneAtATime = 'a phone has one certificate at a time';
const holdOfSale = 'every hold is of a sale';
const returned = 'what was returned is what reversals and refunds say';
const returnedPosted =
  'what was returned is posted, to the purses that paid and to none beyond what it paid';
const openHold = 'no hold is open for a payment that has ended';
const states = 'every state follows from what happened';
const events = 'every verdict, capture, reversal and refund is in the outbox, once';
const releases = 'a release is in the outbox at most once, and for every payment that ended so';
const limits = 'what a card counts in its day, month and meal is what its payments say';
const waits = 'every pending sale waits for a word, and every word given is the verdict';
const collected = 'every collection that succeeded is posted, and no other';
const filed = 'every line of a file that was paid is posted, once';
const moved = 'what moved for each merchant is what the books say';
const days = 'a closed day came to what moved in it';
const signedOnce = 'a signed code pays once';
const signedOwn =
  'every signed sale is a payment by a certificate of its own card, and its code is used up';
const asSigned = 'every record is as its terminal signed it';
const recordSale =
  "every sale without a network is one record's payment, of its amount, and no other";
const stoppedSells = 'a terminal whose records do not follow one another sells nothing by itself';
const owes = 'what a card came to owe is what its records say';
const repaid =
  "what was owed is paid out of the card's own cash, and what was paid too much goes back there";
const owedByNothingElse = 'nothing else moves what a card owes';
const houseBears = 'the house bears what two people released, once';
const guards = 'what must not change refuses change';
const writes = 'campus_app writes no money table';
const takesAway = 'campus_app takes nothing away that is guarded';
const executes = 'campus_app executes only what is offered';
const nobodyElse = 'campus_app is nobody else';

/** A day that ended as it should, with what every account had, and nothing set aside. */
const dayEnd = `insert into ledger.balance_cut (business_date, cut_at, taken_at)
     select d.date, (d.date + 1)::timestamp at time zone c.time_zone, platform.now()
     from platform.campus c, (select business_date as date from sale) d;
   insert into ledger.balance_snapshot (account, business_date, cut_at, balance, held, seq)
     select p.account, c.business_date, c.cut_at, sum(p.amount), 0, max(p.seq)
     from ledger.posting p, ledger.balance_cut c group by 1, 2, 3;`;
const awake = 'set local session_replication_role = origin;';
/** What only an own test can damage as it should: seal.int-spec.ts, of its signed lines outside the database. */
export const damagedElsewhere = [blocks, sealed, anchors, anchored];

const merchantLine = `entry = (select entry from sale) and amount > 0`;

export const damages: readonly Damage[] = [
  {
    by: `insert into payments.signed_sale (payment, decided_at, certificate, counter, digest, offline)
         select sale.id, sale.decided_at, s.certificate, s.counter, s.digest, false
         from sale, payments.signed_sale s where s.payment = (select id from unplugged)`,
    breaks: [signedOnce, signedOwn],
  },
  {
    by: `update payments.signed_sale set counter = counter + 1 where payment = (select id from unplugged)`,
    breaks: [signedOwn],
  },
  {
    by: `update offline_sales.record set text = text || '\\x20'::bytea where payment = (select id from unplugged)`,
    breaks: [asSigned],
  },
  {
    by: `update offline_sales.record set amount = amount - 1
         where payment = (select id from unplugged) and bears = 'cardholder'`,
    breaks: [recordSale],
  },
  {
    by: `update terminals.terminal set offline_stopped_at = platform.now()
         where id = (select terminal from unplugged)`,
    breaks: [stoppedSells],
  },
  {
    by: `update offline_sales.record set owed = owed - 1 where payment = (select id from owing)`,
    breaks: [owes],
  },
  {
    by: `update ledger.entry set kind = 'repayment' where id = (
           select min(e.id) from ledger.entry e join ledger.posting p on p.entry = e.id
           join ledger.account a on a.id = p.account
           where e.kind = 'top-up' and a.owner = (select card from unplugged))`,
    breaks: [repaid],
  },
  {
    by: `update ledger.entry set kind = 'gift' where kind = 'repayment'`,
    breaks: [owedByNothingElse],
  },
  {
    by: `update offline_sales.record set paid = paid - 1 where paid > 0`,
    breaks: [houseBears],
  },
  {
    by: `update ledger.posting set amount = amount + case when ${merchantLine} then 1 else -1 end
         where amount > 0 and entry in ((select entry from sale), (select entry from other))`,
    breaks: [sumsToZero, saleEntry],
  },
  {
    by: `update ledger.posting set amount = amount + 1 where ${merchantLine}`,
    breaks: [allZero, sumsToZero, deltas, saleEntry, moved],
  },
  {
    by: `delete from ledger.entry where id = (select entry from sale)`,
    breaks: [linesAndEntries, instants, saleEntry, moved],
  },
  {
    by: `delete from ledger.posting where entry = (select entry from sale)`,
    breaks: [linesAndEntries, fold, deltas, chain, saleEntry, moved],
  },
  {
    by: `update ledger.posting set posted_at = posted_at + interval '1 s' where ${merchantLine}`,
    breaks: [instants, linesAndEntries, sumsToZero, saleEntry, moved],
  },
  {
    by: `insert into ledger.entry (id, posted_at, kind) select id, posted_at + interval '1 month', kind
         from ledger.entry where id = (select entry from sale)`,
    breaks: [oneNumber, linesAndEntries],
  },
  {
    by: `update ledger.hold set id = (select entry from sale) where id = (select hold from expired);
         update ledger.hold_line set hold = (select entry from sale) where hold = (select hold from expired);
         update payments.payment set hold = (select entry from sale) where id = (select id from expired)`,
    breaks: [oneNumber],
  },
  {
    by: `update ledger.entry set reverses = (select entry from sale)
         where reverses = (select entry from taken_back)`,
    breaks: [givenBack],
  },
  {
    by: `update ledger.account set balance = balance + 1 where guarded and owner = (select card from sale)`,
    breaks: [fold],
  },
  {
    by: `update ledger.account set seq = seq + 1 where owner = (select card from sale)`,
    breaks: [fold],
  },
  {
    by: `update ledger.delta set amount = amount - 1 where id = (select min(id) from ledger.delta)`,
    breaks: [deltas],
  },
  {
    by: `delete from ledger.delta where id = (select max(id) from ledger.delta)`,
    breaks: [deltas],
  },
  {
    by: `delete from ledger.account where owner = (select card from other)`,
    breaks: [places, ownMoney],
  },
  {
    by: `update ledger.posting set seq = null where entry = (select entry from sale) and seq is not null`,
    breaks: [places, chain],
  },
  {
    by: `update ledger.posting set balance_after = balance_after + 1
         where entry = (select entry from sale) and seq is not null`,
    breaks: [chain],
  },
  {
    by: `update ledger.posting set seq = seq + 1 where entry = (select entry from sale) and seq is not null`,
    breaks: [chain],
  },
  {
    by: `update ledger.posting set balance_after = -1 where entry = (select entry from sale) and seq is not null`,
    breaks: [everBelow, chain],
  },
  {
    by: `alter table ledger.account drop constraint account_not_overdrawn;
         update ledger.account set balance = -1 where guarded and owner = (select card from sale)`,
    breaks: [below, fold],
  },
  {
    by: `update ledger.account set held = held + 1, balance = balance + 1
         where guarded and owner = (select card from open)`,
    breaks: [held, fold],
  },
  {
    by: `update ledger.hold_line set released = released - 1 where hold = (select hold from expired)`,
    breaks: [holdLines, held],
  },
  {
    by: `delete from ledger.hold_line where hold = (select hold from expired)`,
    breaks: [holdLines],
  },
  {
    by: `update ledger.hold set owner = owner + 1000 where id = (select hold from expired)`,
    breaks: [ownPurses, captures],
  },
  {
    by: `update ledger.entry set hold = (select hold from open) where hold = (select hold from metered)`,
    breaks: [capturedPosted, captureEntry],
  },
  { by: `update ledger.rollup set balance = balance + 1`, breaks: [rollups] },
  {
    by: `delete from ledger.rollup r using ledger.delta d where d.account = r.account`,
    breaks: [rollups],
  },
  { by: dayEnd, breaks: [dayHolds] },
  {
    by: `${dayEnd} update ledger.balance_snapshot set balance = balance + 1`,
    breaks: [dayEnds, dayHolds],
  },
  {
    by: `insert into ledger.balance_cut (business_date, cut_at) values ('2026-11-22', '2026-11-22T15:00:00Z')`,
    breaks: [cuts],
  },
  {
    by: `delete from payments.order_number where payment = (select id from sale)`,
    breaks: [numbers],
  },
  {
    by: `update payments.order_number set payment = (select id from other) where payment = (select id from sale)`,
    breaks: [numbers],
  },
  {
    by: `delete from payments.payment where id = (select id from declined)`,
    breaks: [numbers, events],
  },
  {
    by: `insert into payments.payment select id, order_no, terminal, sequence, short_number, place, merchant, card, cardholder,
           credential, counter, payer, amount, verdict, reason, state, captured, returned, entry, hold, hold_until,
           business_date, occurred_at, decided_at + interval '1 month' from declined`,
    breaks: [twice, numbers, codeTwice],
  },
  {
    by: `update payments.payment set (credential, counter, card, cardholder)
           = (select credential, counter, card, cardholder from sale)
         where id = (select id from declined)`,
    breaks: [codeTwice],
  },
  {
    by: `update payment_codes.credential set high_water = high_water - 1
         where id = (select credential from declined)`,
    breaks: [mark],
  },
  {
    by: `update payments.payment set card = (select card from other) where id = (select id from declined)`,
    breaks: [ownCard],
  },
  {
    by: `update payments.payment set cardholder = cardholder + 1 where id = (select id from declined)`,
    breaks: [ownCard],
  },
  {
    by: `update payments.payment set amount = amount + 1, captured = captured + 1 where id = (select id from sale)`,
    breaks: [saleEntry, limits, moved, days],
  },
  {
    by: `update payments.payment set entry = (select entry from sale) where id = (select id from other)`,
    breaks: [saleEntry, hasPayment, ownMoney],
  },
  {
    by: `update payments.payment set entry = (select entry from sale) where id = (select id from declined)`,
    breaks: [saleEntry, hasPayment, ownMoney],
  },
  {
    by: `update payments.payment set verdict = 'declined', state = 'declined', reason = 'limit_day', captured = 0,
           entry = null where id = (select id from sale)`,
    breaks: [hasPayment, events, limits, moved, days],
  },
  {
    by: `update ledger.account set owner = owner + 1000 where owner = (select card from other)`,
    breaks: [ownMoney],
  },
  {
    by: `update payments.capture set amount = amount - 1 where payment = (select id from metered)`,
    breaks: [captureEntry, captures, moved, days],
  },
  {
    by: `delete from payments.capture where payment = (select id from metered)`,
    breaks: [captures, hasPayment, events, moved, days],
  },
  {
    by: `update payments.payment set hold = null, entry = null, state = 'released', captured = 0
         where id = (select id from expired)`,
    breaks: [holdOfSale, saleEntry, states, days],
  },
  { by: `delete from payment_codes.allowance`, breaks: [allowances] },
  {
    by: `update payment_codes.allowance set amount = amount + 1`,
    breaks: [allowances],
  },
  {
    by: `update ledger.hold set purpose = 'allowance' where id = (select hold from open)`,
    breaks: [allowances],
  },
  {
    by: `update ledger.account set usable_until = platform.now() + interval '1 year'
         where id in (select l.account from payment_codes.allowance w join ledger.hold_line l on l.hold = w.hold)`,
    breaks: [cashAlone],
  },
  { by: `update payment_codes.certificate set mark = 0`, breaks: [certificateMark] },
  {
    by: `update payment_codes.credential set status = 'closed' where id in (select credential from payment_codes.certificate)`,
    breaks: [outlive],
  },
  {
    by: `update payment_codes.certificate set not_before = not_before - interval '1 minute' where id = (
           select max(id) from payment_codes.certificate)`,
    breaks: [oneAtATime],
  },
  {
    by: `update payments.payment set returned = returned - 1 where id = (select id from taken_back)`,
    breaks: [returned, returnedPosted],
  },
  {
    by: `update payments.reversal set returned = returned - 1`,
    breaks: [returned, moved, days, voids],
  },
  {
    by: `delete from payments.reversal`,
    breaks: [returned, states, events, moved, days, voids],
  },
  {
    by: `update payments.refund set amount = amount + 1`,
    breaks: [returned, moved, days],
  },
  {
    by: `update ledger.posting set amount = case when amount > 0 then 251 else -251 end
         where entry = (select entry from payments.refund)`,
    breaks: [returnedPosted, fold, deltas, chain, moved],
  },
  {
    by: `update ledger.entry set about = about || '{"payment": "1"}' where reverses = (select entry from taken_back)`,
    breaks: [returnedPosted],
  },
  {
    by: `update payments.payment set state = 'captured' where id = (select id from open)`,
    breaks: [openHold, limits],
  },
  {
    by: `update payments.payment set state = 'reversed' where id = (select id from sale)`,
    breaks: [states, limits],
  },
  {
    by: `update payments.payment set state = 'released' where id = (select id from metered)`,
    breaks: [states, releases, limits],
  },
  {
    by: `delete from platform.outbox where type = 'payment.approved' and payload ->> 'payment' = (select id::text from sale)`,
    breaks: [events],
  },
  {
    by: `insert into platform.outbox (type, payload) select type, payload from platform.outbox where type = 'payment.reversed'`,
    breaks: [events],
  },
  {
    by: `delete from platform.outbox where type = 'payment.released'`,
    breaks: [releases],
  },
  {
    by: `insert into platform.outbox (type, payload) select type, payload from platform.outbox where type = 'payment.released'`,
    breaks: [releases],
  },
  {
    by: `update cards.card set spent_amount = spent_amount + 1 where id = (select card from sale)`,
    breaks: [limits],
  },
  {
    by: `update cards.card set month_count = month_count - 1 where id = (select card from sale)`,
    breaks: [limits],
  },
  {
    by: `update cards.card set meal_amount = meal_amount - 1 where id = (select card from refunded)`,
    breaks: [limits],
  },
  {
    by: `update payments.confirmation set outcome = 'refused' where payment = (select id from confirmed)`,
    breaks: [waits],
  },
  {
    by: `update payments.confirmation set credential = credential + 1000
         where payment = (select id from pending)`,
    breaks: [waits],
  },
  {
    by: `update payments.payment set verdict = 'approved' where id = (select id from pending)`,
    breaks: [waits, events],
  },
  {
    by: `delete from payments.confirmation where payment = (select id from pending)`,
    breaks: [waits, events],
  },
  {
    by: `update payments.payment set state = 'held', verdict = 'pending', reason = null
         where id = (select id from unconfirmed)`,
    breaks: [waits, events, states, limits],
  },
  ...damagesOfGates,
  ...damagesOfMeters,
  ...damagesOfSessions,
  ...damagesOfStaticCredentials,
  ...damagesOfVoids,
  {
    by: `update funding.collection set amount = amount + 1`,
    breaks: [collected],
  },
  { by: `delete from funding.collection`, breaks: [collected] },
  { by: `update funding.import_line set amount = amount + 1`, breaks: [filed] },
  {
    by: `insert into funding.import_line select import, line + 1, card, cardholder, amount, entry, posted_at
         from funding.import_line`,
    breaks: [filed],
  },
  {
    by: `update payments.payment set merchant = merchant + 1000 where id = (select id from open)`,
    breaks: [moved, captureEntry, days],
  },
  { by: `update settlement.merchant_day set sales_count = sales_count + 1`, breaks: [days] },
  { by: `delete from settlement.merchant_day`, breaks: [days] },
  { by: `${awake} alter table ledger.entry disable trigger append_only`, breaks: [guards] },
  {
    by: `${awake} alter table ledger.posting enable replica trigger append_only`,
    breaks: [guards],
  },
  { by: `${awake} drop trigger append_only_truncate on ledger.delta`, breaks: [guards] },
  { by: `${awake} drop trigger moves_forward on payments.payment`, breaks: [guards] },
  {
    by: `${awake} alter table ledger.posting_2026_11 disable trigger append_only`,
    breaks: [guards],
  },
  {
    by: `${awake} create or replace function platform.refuse_change() returns trigger language plpgsql
         set search_path = pg_catalog, pg_temp as 'begin return new; end'`,
    breaks: [guards],
  },
  { by: `${awake} grant update (balance) on ledger.account to campus_app`, breaks: [writes] },
  { by: `${awake} grant truncate on platform.outbox to campus_app`, breaks: [takesAway] },
  {
    by: `${awake} grant delete on ledger.posting_2026_11 to campus_app`,
    breaks: [takesAway, writes],
  },
  {
    by: `${awake} grant execute on function ledger.reverse(bigint, text, jsonb) to campus_app`,
    breaks: [executes],
  },
  { by: `${awake} grant pg_write_all_data to campus_app`, breaks: [nobodyElse, writes, takesAway] },
];
