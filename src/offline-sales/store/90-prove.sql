-- What terminals brought, against the payments and the books: nothing is sold that no record says, nothing is owed that was
-- not sold, and the house bears only what two people let it.
create or replace function offline_sales.prove_records() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'every record is as its terminal signed it', count(*)
  from offline_sales.record r
  where r.hash <> sha256(convert_to('cpc1/record', 'UTF8') || '\x00'::bytea || r.text)
  union all
  select 'every sale without a network is one record''s payment, of its amount, and no other', count(*)
  from (select r.* from offline_sales.record r where r.decision in ('captured', 'posted', 'owed')) r
  full join (
    select p.*, k.hash, s.certificate, s.digest
    from payments.signed_sale s
    join payments.payment p on p.id = s.payment and p.decided_at = s.decided_at
    left join payments.order_number k on k.order_no = p.order_no and k.terminal = p.terminal
    where s.offline
  ) p on p.id = r.payment
  where (p.order_no, p.terminal, p.merchant, p.card, p.amount, p.hash, p.certificate, p.digest)
    is distinct from (r.order_no, r.terminal, r.merchant, r.card, r.amount, r.hash, r.certificate, r.digest)
  union all
  select 'a terminal whose records do not follow one another sells nothing by itself', count(*)
  from terminals.terminal t
  left join offline_sales.chain c on c.terminal = t.id
  where (t.offline_stopped_at is null) is distinct from (c.stopped_by is null)
$$;

create or replace function offline_sales.prove_money() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'what a card came to owe is what its records say', count(*)
  from (select r.payment, r.card, r.owed from offline_sales.record r where r.owed > 0) r
  full join (
    select s.about ->> 'payment' as payment, s.owner as card, -s.amount as owed
    from ledger.statement s where s.kind = 'receivable' and s.entry_kind = 'sale'
  ) s on s.payment = r.payment::text
  where (s.card, s.owed) is distinct from (r.card, r.owed)
  union all
  select 'what was owed is paid out of the card''s own cash, and what was paid too much goes back there', count(*)
  from (
    select s.entry, s.owner, s.amount from ledger.statement s where s.kind = 'receivable' and s.entry_kind = 'repayment'
  ) r
  full join (
    select s.entry, s.owner, -s.amount as amount
    from ledger.statement s where s.kind <> 'receivable' and s.entry_kind = 'repayment' and s.kind = 'cash'
  ) c on c.entry = r.entry
  where (r.owner, r.amount) is distinct from (c.owner, c.amount)
  union all
  select 'nothing else moves what a card owes', count(*)
  from ledger.statement s
  where s.kind = 'receivable' and s.entry_kind not in ('sale', 'reversal', 'refund', 'repayment')
  union all
  -- On the merchant's side and on the house's.
  select 'the house bears what two people released, once', count(*)
  from (
    select r.entry, r.paid, r.merchant from offline_sales.record r
    where r.paid > 0 and r.released and r.maker <> r.checker
  ) r
  full join (
    select s.entry, sum(s.amount) filter (where s.kind = 'merchant') as paid,
      max(s.owner) filter (where s.kind = 'merchant') as merchant, sum(s.amount) filter (where s.kind = 'offline-loss') as lost
    from ledger.statement s
    where s.entry_kind = 'loss' or s.kind = 'offline-loss'
    group by s.entry
  ) s on s.entry = r.entry
  where (s.paid, s.merchant, s.lost) is distinct from (r.paid::numeric, r.merchant, -r.paid::numeric)
$$;
