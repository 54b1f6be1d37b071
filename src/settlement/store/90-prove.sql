-- What merchants are owed, against the books: by all that ever moved, and by each day that was closed.
create or replace function settlement.prove_days() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'what moved for each merchant is what the books say', count(*)
  from (
    select m.merchant, sum(case when m.kind in ('sale', 'capture') then m.amount else -m.amount end) as amount
    from settlement.movement m group by m.merchant
  ) m
  full join (
    select a.owner as merchant, sum(p.amount) as amount
    from ledger.account a
    join ledger.posting p on p.account = a.id
    join ledger.entry e on e.id = p.entry and e.posted_at = p.posted_at
    where a.kind = 'merchant' and e.kind in ('sale', 'capture', 'reversal', 'refund', 'loss')
    group by a.owner
  ) l using (merchant)
  where coalesce(m.amount, 0) <> coalesce(l.amount, 0)
  union all
  select 'a closed day came to what moved in it', count(*)
  from settlement.business_day d
  cross join lateral (
    select from settlement.day_totals(d.date) t
    full join (select * from settlement.merchant_day x where x.date = d.date) m on m.merchant = t.merchant
    where to_jsonb(t) is distinct from to_jsonb(m) - 'date' - 'net'
  ) different
$$;

-- What cashiers took back, against what became of the sales.
create or replace function settlement.prove_voids() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'what a void gave back is what its sale says, and every sale that a cashier took back has one void', count(*)
  from (select * from settlement.void x where x.outcome in ('voided', 'released')) v
  full join (
    select r.payment, r.returned, p.terminal, p.order_no
    from payments.reversal r left join payments.payment p on p.id = r.payment where r.reason = 'void'
  ) r on (r.payment, r.returned, r.terminal, r.order_no) = (v.payment, v.returned, v.terminal, v.order_no)
  -- A hold that had ended by itself was released by nobody's word.
  where r.payment is null and not (v.outcome = 'released' and v.returned = 0
      and exists (select from payments.payment p where p.id = v.payment and p.state = 'released'))
    or v.payment is null
  union all
  select 'a sale is voided once', count(*)
  from (
    select from settlement.void v where v.outcome = 'voided' group by v.payment having count(*) > 1
  ) x
  union all
  select 'the number of a void is that of no sale', count(*)
  from settlement.void v
  left join payments.order_number k on k.order_no = v.number and k.terminal = v.terminal
  where k.order_no is null or k.payment is not null
$$;
