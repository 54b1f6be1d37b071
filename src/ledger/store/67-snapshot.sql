-- What was set aside on each account at the end of each day: the lines of the holds that were open then, less what their
-- captures had taken until then.
create or replace view ledger.held_at_cut as
select h.business_date, l.account,
  sum(l.amount + coalesce((
    -- A capture takes from the account: its amount is negative.
    select sum(p.amount) from ledger.posting p
    join ledger.entry e on e.id = p.entry and e.posted_at = p.posted_at and e.hold = h.id
    where p.account = l.account and p.posted_at >= h.placed_at and p.posted_at < h.cut_at
  ), 0))::bigint as held
from (
  select c.business_date, c.cut_at, x.id, x.placed_at
  from ledger.balance_cut c join ledger.hold x on x.ended_at >= c.cut_at and x.placed_at < c.cut_at
  union all
  select c.business_date, c.cut_at, x.id, x.placed_at
  from ledger.balance_cut c join ledger.hold x on x.ended_at is null and x.placed_at < c.cut_at
) h
join ledger.hold_line l on l.hold = h.id
group by h.business_date, l.account;

-- Ends the days that are over, by the clock of the campus. A day whose end nobody was there to see is ended later.
create or replace function ledger.end_days(p_limit int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_first date := (select max(c.business_date) + 1 from ledger.balance_cut c);
  v_ended int;
begin
  if v_first is null then
    select platform.business_date(min(e.posted_at)) into v_first from ledger.entry e;
  end if;
  insert into ledger.balance_cut (business_date, cut_at)
  select d::date, (d::date + 1)::timestamp at time zone c.time_zone
  from platform.campus c,
    generate_series(v_first, platform.business_date(platform.now()) - 1, interval '1 day') d
  order by d limit p_limit
  on conflict do nothing;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;

-- Keeps the balances of the oldest day that has ended and is not kept yet, some accounts at a time. It waits for the commit
-- horizon: a posting takes its time after its locks, so whatever was posted before the end of the day was begun before the
-- end was written. Gives back how many accounts were looked at; none means that there is nothing to do now.
create or replace function ledger.take_snapshots(p_limit int) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
declare
  c ledger.balance_cut;
  v_from timestamptz;
  v_seen int;
  v_last bigint;
begin
  select * into c from ledger.balance_cut x where x.taken_at is null order by x.business_date limit 1 for no key update;
  if not found or not (c.era < platform.current_era() or c.xid < pg_snapshot_xmin(pg_current_snapshot())) then
    return 0;
  end if;
  select coalesce(max(x.cut_at), '-infinity') into v_from from ledger.balance_cut x where x.cut_at < c.cut_at;

  with next as materialized (
    select a.id, a.guarded from ledger.account a where a.id > c.done_to order by a.id limit p_limit
  ), aside as materialized (
    select h.account, h.held from ledger.held_at_cut h where h.business_date = c.business_date
  ), kept as (
    insert into ledger.balance_snapshot (account, business_date, cut_at, balance, held, seq)
    select n.id, c.business_date, c.cut_at,
      case when n.guarded then coalesce(d.balance_after, before.balance, 0)
           else coalesce(before.balance, 0) + coalesce(d.amount, 0) end,
      coalesce(h.held, 0), coalesce(d.seq, before.seq)
    from next n
    left join aside h on h.account = n.id
    left join lateral (
      select s.balance, s.held, s.seq from ledger.balance_snapshot s
      where s.account = n.id and s.business_date < c.business_date order by s.business_date desc limit 1
    ) before on true
    cross join lateral (
      select count(*) as postings, sum(p.amount)::bigint as amount, max(p.seq) as seq,
        (array_agg(p.balance_after order by p.seq desc))[1] as balance_after
      from ledger.posting p where p.account = n.id and p.posted_at >= v_from and p.posted_at < c.cut_at
    ) d
    where d.postings > 0 or coalesce(h.held, 0) <> coalesce(before.held, 0)
    on conflict do nothing
  )
  select count(*), max(n.id) into v_seen, v_last from next n;

  update ledger.balance_cut x
  set done_to = coalesce(v_last, x.done_to), taken_at = case when v_seen < p_limit then platform.now() end
  where x.business_date = c.business_date;
  -- A day without accounts is done as well, and the next one may follow.
  return greatest(v_seen, 1);
end $$;
