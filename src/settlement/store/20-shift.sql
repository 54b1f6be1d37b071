-- What the service knows of a terminal's shift; refunds are the office's. Sales belong to it by the terminal's own time, since the terminal counted
-- them by it; reversals by when the service did them.
create or replace function settlement.shift_totals(
  p_terminal bigint, p_opened_at timestamptz, p_closed_at timestamptz, p_from timestamptz, p_until timestamptz
) returns table (sales_count int, sales_amount bigint, reversals_count int, reversals_amount bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select
    coalesce(sum(m.counted) filter (where m.kind <> 'reversal'), 0)::int,
    coalesce(sum(m.amount) filter (where m.kind <> 'reversal'), 0)::bigint,
    (count(*) filter (where m.kind = 'reversal'))::int,
    coalesce(sum(m.amount) filter (where m.kind = 'reversal'), 0)::bigint
  from settlement.movement m
  where m.terminal = p_terminal and m.kind <> 'refund'
    and m.business_date between platform.business_date(p_opened_at) - 4 and platform.business_date(p_closed_at) + 4
    and case when m.kind = 'reversal' then m.at > p_from and m.at <= p_until
             else m.stated_at >= p_opened_at and m.stated_at < p_closed_at end
$$;

-- Takes a terminal's report of a shift, once for each number; the same report again is answered as before. Nothing is
-- queued on the terminal when it reports, so every reversal that it counted was done before this moment, and none of the
-- next shift's before its end; a minute is the most that a terminal's clock may be off (signatures refuse more).
-- Outcomes: recorded, known, reused.
create or replace function settlement.record_shift(
  p_terminal bigint, p_number uuid, p_opened_at timestamptz, p_closed_at timestamptz,
  p_sales_count int, p_sales_amount bigint, p_reversals_count int, p_reversals_amount bigint
) returns table (outcome text, sales_count int, sales_amount bigint, reversals_count int, reversals_amount bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_now timestamptz := platform.now();
  v_from timestamptz;
  v_until timestamptz := least(v_now, p_closed_at + interval '1 minute');
  s settlement.shift;
begin
  -- Reports of one terminal wait for each other: the next begins where this one ends.
  perform pg_advisory_xact_lock(hashtextextended('shift of terminal ' || p_terminal, 0));
  select greatest(max(x.reversals_until), p_opened_at - interval '1 minute') into v_from
  from settlement.shift x where x.terminal = p_terminal and x.number <> p_number;

  insert into settlement.shift (terminal, number, opened_at, closed_at, sales_count, sales_amount, reversals_count,
    reversals_amount, reversals_from, reversals_until, service_sales_count, service_sales_amount,
    service_reversals_count, service_reversals_amount, received_at)
  select p_terminal, p_number, p_opened_at, p_closed_at, p_sales_count, p_sales_amount, p_reversals_count,
    p_reversals_amount, v_from, v_until, t.sales_count, t.sales_amount, t.reversals_count, t.reversals_amount, v_now
  from settlement.shift_totals(p_terminal, p_opened_at, p_closed_at, v_from, v_until) t
  on conflict on constraint shift_pkey do nothing
  returning * into s;
  if found then
    return query select 'recorded', s.service_sales_count, s.service_sales_amount, s.service_reversals_count,
      s.service_reversals_amount;
    return;
  end if;

  select * into strict s from settlement.shift x where x.terminal = p_terminal and x.number = p_number;
  return query select
    case when (s.opened_at, s.closed_at, s.sales_count, s.sales_amount, s.reversals_count, s.reversals_amount)
            = (p_opened_at, p_closed_at, p_sales_count, p_sales_amount, p_reversals_count, p_reversals_amount)
         then 'known' else 'reused' end,
    s.service_sales_count, s.service_sales_amount, s.service_reversals_count, s.service_reversals_amount;
end $$;
