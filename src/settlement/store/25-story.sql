-- Each shift with what the terminal counted and what the service knows of it now. Where the terminal says nothing of voids they
-- are among the reversals, on both sides.
create or replace view settlement.shift_story as
select s.terminal, t.code as terminal_code, s.number, s.opened_at, s.closed_at,
  s.sales_count, s.sales_amount, s.reversals_count, s.reversals_amount,
  now.sales_count as service_sales_count, now.sales_amount as service_sales_amount,
  now.reversals_count + case when s.voids_count is null then now.voids_count else 0 end as service_reversals_count,
  now.reversals_amount + case when s.voids_count is null then now.voids_amount else 0 end as service_reversals_amount,
  coalesce(s.voids_count, 0) as voids_count, coalesce(s.voids_amount, 0) as voids_amount,
  case when s.voids_count is null then 0 else now.voids_count end as service_voids_count,
  case when s.voids_count is null then 0 else now.voids_amount end as service_voids_amount
from settlement.shift s
join terminals.terminal t on t.id = s.terminal
cross join lateral settlement.shift_totals(
  s.terminal, s.opened_at, s.closed_at, s.reversals_from, s.reversals_until) now;
grant select on settlement.shift_story to campus_app;

-- What terminals sold on this date, by the calendar of the campus, and have reported in no shift.
create or replace function settlement.unreported_sales(p_date date)
returns table (terminal bigint, terminal_code text, sales_count int, sales_amount bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.terminal, t.code, sum(m.counted)::int, sum(m.amount)::bigint
  from settlement.movement m
  -- A kiosk has no shifts: nobody stands there.
  join terminals.terminal t on t.id = m.terminal and not t.kiosk
  where m.kind in ('sale', 'capture') and m.business_date between p_date - 1 and p_date
    and platform.business_date(m.at) = p_date
    and not exists (
      select from settlement.shift s
      where s.terminal = m.terminal and m.stated_at >= s.opened_at and m.stated_at < s.closed_at)
  group by m.terminal, t.code
$$;
