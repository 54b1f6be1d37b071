-- What terminals counted in the shifts that they closed on a day, against what we know of those shifts: missing here is a
-- shift of sales of which we have none, missing there what a terminal sold and reported in no shift.
create or replace function reconciliation.compare_terminals(p_date date)
returns table (type text, reference text, here jsonb, there jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with shift as (
    select s.number, s.terminal, s.opened_at, s.closed_at,
      (s.sales_count, s.sales_amount, s.reversals_count, s.reversals_amount, s.voids_count, s.voids_amount)
        = (s.service_sales_count, s.service_sales_amount, s.service_reversals_count, s.service_reversals_amount,
          s.service_voids_count, s.service_voids_amount) as agrees,
      s.sales_count > 0 and s.service_sales_count = 0 and s.service_sales_amount = 0 as unheard_of,
      jsonb_build_object('terminal', s.terminal_code,
        'sales', jsonb_build_object('count', s.service_sales_count, 'amount', s.service_sales_amount),
        'reversals', jsonb_build_object('count', s.service_reversals_count, 'amount', s.service_reversals_amount),
        'voids', jsonb_build_object('count', s.service_voids_count, 'amount', s.service_voids_amount)) as here,
      jsonb_build_object('terminal', s.terminal_code, 'openedAt', s.opened_at, 'closedAt', s.closed_at,
        'sales', jsonb_build_object('count', s.sales_count, 'amount', s.sales_amount),
        'reversals', jsonb_build_object('count', s.reversals_count, 'amount', s.reversals_amount),
        'voids', jsonb_build_object('count', s.voids_count, 'amount', s.voids_amount)) as there
    from settlement.shift_story s
    -- A shift that overlaps one of this day may have been closed on the day before.
    where s.closed_at >= (p_date - 1)::timestamptz and s.closed_at < (p_date + 2)::timestamptz
  )
  select case when s.unheard_of then 'missing_here' else 'amount' end, s.number::text, s.here, s.there
  from shift s where platform.business_date(s.closed_at) = p_date and not s.agrees
  union all
  select 'duplicate', s.number::text, s.here, jsonb_build_object('shift', s.there, 'overlaps',
    (select jsonb_agg(e.number order by e.number) from shift e
     where e.terminal = s.terminal and e.number <> s.number and e.opened_at < s.closed_at and s.opened_at < e.closed_at))
  from shift s
  where platform.business_date(s.closed_at) = p_date and exists (
    select from shift e
    where e.terminal = s.terminal and e.number <> s.number and e.opened_at < s.closed_at and s.opened_at < e.closed_at)
  union all
  select 'missing_there', u.terminal_code, jsonb_build_object('terminal', u.terminal_code,
    'sales', jsonb_build_object('count', u.sales_count, 'amount', u.sales_amount)), null
  from settlement.unreported_sales(p_date) u
$$;
