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
