-- A business day runs from midnight to midnight on campus. One that is closed before midnight ends there and then, and
-- what moves afterwards belongs to the next day: every movement belongs to exactly one day.
create or replace function settlement.day_window(p_date date)
returns table (begins_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select
    least(p_date::timestamp at time zone c.time_zone,
      (select d.closed_at from payments.closed_date d where d.business_date = p_date - 1)),
    least((p_date + 1)::timestamp at time zone c.time_zone,
      (select d.closed_at from payments.closed_date d where d.business_date = p_date))
  from platform.campus c
$$;

-- What a day came to for each merchant, by what has moved until now.
drop function if exists settlement.day_totals(date);
create function settlement.day_totals(p_date date)
returns table (
  merchant bigint, sales_count int, sales_amount bigint, reversals_count int, reversals_amount bigint,
  voids_count int, voids_amount bigint, refunds_count int, refunds_amount bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.merchant,
    coalesce(sum(m.counted) filter (where m.kind in ('sale', 'capture')), 0)::int,
    coalesce(sum(m.amount) filter (where m.kind in ('sale', 'capture')), 0)::bigint,
    (count(*) filter (where m.kind = 'reversal'))::int,
    coalesce(sum(m.amount) filter (where m.kind = 'reversal'), 0)::bigint,
    (count(*) filter (where m.kind = 'void'))::int,
    coalesce(sum(m.amount) filter (where m.kind = 'void'), 0)::bigint,
    (count(*) filter (where m.kind = 'refund'))::int,
    coalesce(sum(m.amount) filter (where m.kind = 'refund'), 0)::bigint
  from settlement.day_window(p_date) w
  join settlement.movement m on m.at >= w.begins_at and m.at < w.ends_at
  where m.business_date between p_date - 4 and p_date
  group by m.merchant
$$;

-- Money that sales up to this day still hold.
create or replace function settlement.open_holds(p_date date) returns table (holds_count int, holds_amount bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::int, coalesce(sum(p.amount - p.captured), 0)::bigint
  from payments.payment p
  where p.state = 'held' and p.hold_until > platform.now() and p.business_date <= p_date
$$;

-- Draws the line under a day: what moves from now on belongs to the next one. Outcomes: begun, also when the line was drawn
-- before and the day was not kept; already_closed, not_begun.
create or replace function settlement.begin_to_close(p_date date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_date > platform.business_date(platform.now()) then return 'not_begun'; end if;
  perform payments.close_business_date(p_date);
  return case when exists (select from settlement.business_day d where d.date = p_date) then 'already_closed' else 'begun' end;
end $$;

-- Who is writing in this database now. Whatever moves money has locked its card before it reads the time, and so is among
-- these if it read a time from before now and has not committed.
create or replace function settlement.writers() returns setof text
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select l.pid || ' ' || l.transactionid
  from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'transactionid' and l.granted and l.mode = 'ExclusiveLock' and l.pid <> pg_backend_pid()
    and a.datname = current_database()
$$;

-- Keeps what a day came to, once, for good; its line was drawn and whoever wrote before it has ended.
-- Outcomes: closed, already_closed.
create or replace function settlement.keep_business_day(p_date date, p_staff bigint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into settlement.business_day (date, closed_by, closed_at, holds_count, holds_amount)
  select p_date, p_staff, d.closed_at, h.holds_count, h.holds_amount
  from payments.closed_date d, settlement.open_holds(p_date) h where d.business_date = p_date
  on conflict do nothing;
  if not found then return 'already_closed'; end if;
  insert into settlement.merchant_day
    (date, merchant, sales_count, sales_amount, reversals_count, reversals_amount, voids_count, voids_amount, refunds_count,
     refunds_amount)
  select p_date, t.merchant, t.sales_count, t.sales_amount, t.reversals_count, t.reversals_amount, t.voids_count,
    t.voids_amount, t.refunds_count, t.refunds_amount
  from settlement.day_totals(p_date) t;
  insert into platform.outbox (type, payload)
  values ('business_day.closed', jsonb_build_object('date', p_date::text));
  return 'closed';
end $$;
