-- Money that is set aside: what is held on a purse, what holds say, and what was captured from them.
create or replace function ledger.prove_holds() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'held = sum of open holds', count(*)
  from ledger.account a
  left join (select l.account, sum(l.amount - l.captured - l.released) as amount from ledger.hold_line l group by l.account) h
    on h.account = a.id
  where a.held <> coalesce(h.amount, 0)
  union all
  select 'every hold = its lines', count(*)
  from ledger.hold h
  full join (
    select l.hold, sum(l.amount) as amount, sum(l.captured) as captured, sum(l.released) as released
    from ledger.hold_line l group by l.hold
  ) l on l.hold = h.id
  where (h.amount, h.captured, h.released) is distinct from (l.amount, l.captured, l.released)
  union all
  select 'a hold lies on purses of its owner', count(*)
  from ledger.hold_line l
  join ledger.hold h on h.id = l.hold
  left join ledger.account a on a.id = l.account
  where (a.owner, a.guarded) is distinct from (h.owner, true)
  union all
  select 'what holds captured is posted, purse by purse', count(*)
  from (select l.hold, l.account, sum(l.captured) as amount from ledger.hold_line l where l.captured > 0 group by l.hold, l.account) l
  full join (
    select e.hold, p.account, -sum(p.amount) as amount
    from ledger.entry e
    join ledger.posting p on p.entry = e.id and p.posted_at = e.posted_at and p.amount < 0
    where e.hold is not null group by e.hold, p.account
  ) e on e.hold = l.hold and e.account = l.account
  where e.amount is distinct from l.amount
$$;
