-- Payments against the books: one row for each proof, with how many things break it.
create or replace function payments.prove() returns table (proof text, broken bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select 'every answered order number has its payment, and every payment its number', count(*)
  from payments.payment p
  full join (select k.payment, k.order_no, k.terminal from payments.order_number k where k.hash is not null) k
    on k.payment = p.id and k.order_no = p.order_no and k.terminal = p.terminal
  where p.id is null or k.payment is null
  union all
  select 'an approved sale without a hold has one entry of its amount, a declined one none', count(*)
  from payments.payment p
  left join lateral (
    select sum(l.amount) as amount from ledger.posting l where l.entry = p.entry and l.amount > 0
  ) e on true
  where p.hold is null
    and case when p.verdict = 'approved' then e.amount is distinct from p.amount else p.entry is not null end
  union all
  select 'a held sale captured what its captures say, from its own hold', count(*)
  from payments.payment p
  join ledger.hold h on h.id = p.hold
  where h.captured <> p.captured or h.amount <> p.amount
    or p.captured <> (select coalesce(sum(c.amount), 0) from payments.capture c where c.payment = p.id)
  union all
  select 'what was returned is what reversals say', count(*)
  from payments.payment p left join payments.reversal r on r.payment = p.id
  where p.returned <> coalesce(r.returned, 0)
  union all
  select 'no code paid twice', count(*)
  from (select from payments.payment p where p.verdict = 'approved'
        group by p.credential, p.counter having count(*) > 1) x
  union all
  select 'no hold is open for a payment that has ended', count(*)
  from payments.payment p join ledger.hold h on h.id = p.hold
  where p.state <> 'held' and h.ended_at is null
  union all
  select 'every sale in the ledger has its payment', count(*)
  from ledger.entry e
  where e.kind = 'sale' and not exists (select from payments.payment p where p.entry = e.id)
$$;
