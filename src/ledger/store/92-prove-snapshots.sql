-- What was folded against the deltas that it was folded from. A delta of no hot account is found here: no foreign key
-- holds it, since checking one would lock the account's row at each sale.
create or replace function ledger.prove_rollups() returns table (proof text, broken bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select 'every rollup = fold of its deltas up to its position', count(*)
  from (select a.id from ledger.account a where not a.guarded) a
  full join (
    select d.account as id, sum(d.amount) filter (where folded) as amount, sum(d.entries) filter (where folded) as entries
    from ledger.delta d
    left join ledger.rollup r on r.account = d.account
    cross join lateral (select (d.era, d.xid, d.id) <= (r.era, r.xid, r.id) as folded) f
    group by d.account
  ) f using (id)
  left join ledger.rollup r on r.account = a.id
  where a.id is null or r.account is null or r.balance <> coalesce(f.amount, 0) or r.entries <> coalesce(f.entries, 0)
$$;

-- What was kept at the ends of days against everything that was posted. A posting belongs to the day of its time; what
-- was posted before the first day that was kept, to that one.
create or replace function ledger.prove_snapshots() returns table (proof text, broken bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with span as materialized (
    select min(c.business_date) as first, max(c.business_date) filter (where c.taken_at is not null) as last
    from ledger.balance_cut c
  ), moved as (
    select p.account, greatest((p.posted_at at time zone z.time_zone)::date, span.first) as business_date,
      sum(p.amount) as amount, max(p.seq) as seq
    from ledger.posting p, platform.campus z, span
    where (p.posted_at at time zone z.time_zone)::date <= span.last
    group by 1, 2
  ), day as (
    select account, business_date, s.balance, s.seq, s.cut_at is null as missing,
      sum(coalesce(m.amount, 0)) over days as fold, max(m.seq) over days as last_seq
    from moved m
    full join (select x.* from ledger.balance_snapshot x, span where x.business_date <= span.last) s
      using (account, business_date)
    window days as (partition by account order by business_date)
  )
  select 'every balance at the end of a day = fold of what was posted before', count(*)
  from day d where d.missing or d.balance <> d.fold or d.seq is distinct from d.last_seq
  union all
  select 'held at the end of a day = sum of the holds that were open then', count(*)
  from (select s.account, s.business_date, s.held from ledger.balance_snapshot s, span
        where s.held > 0 and s.business_date <= span.last) s
  full join (select h.* from ledger.held_at_cut h, span where h.held > 0 and h.business_date <= span.last) h
    using (account, business_date)
  where s.held is distinct from h.held
  union all
  select 'days end one after the other, each at its midnight', count(*)
  from (
    select c.cut_at <> (c.business_date + 1)::timestamp at time zone z.time_zone as wrong,
      c.business_date - lag(c.business_date) over w <> 1 as gap,
      c.taken_at is not null and lag(c.taken_at is null) over w as early
    from ledger.balance_cut c, platform.campus z
    window w as (order by c.business_date)
  ) x where x.wrong or x.gap or x.early
$$;
