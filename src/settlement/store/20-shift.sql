-- What the service knows of a terminal's shift; refunds are the office's. Sales belong to it by the terminal's own time, since
-- the terminal counted them by it; reversals and voids by when the service did them.
create or replace function settlement.shift_totals(
  p_terminal bigint, p_opened_at timestamptz, p_closed_at timestamptz, p_from timestamptz, p_until timestamptz
) returns table (sales_count int, sales_amount bigint, reversals_count int, reversals_amount bigint,
  voids_count int, voids_amount bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select
    coalesce(sum(m.counted) filter (where m.kind in ('sale', 'capture')), 0)::int,
    coalesce(sum(m.amount) filter (where m.kind in ('sale', 'capture')), 0)::bigint,
    (count(*) filter (where m.kind = 'reversal'))::int,
    coalesce(sum(m.amount) filter (where m.kind = 'reversal'), 0)::bigint,
    (count(*) filter (where m.kind = 'void'))::int,
    coalesce(sum(m.amount) filter (where m.kind = 'void'), 0)::bigint
  from settlement.movement m
  where m.terminal = p_terminal and m.kind <> 'refund'
    and m.business_date between platform.business_date(p_opened_at) - 4 and platform.business_date(p_closed_at) + 4
    and case when m.kind in ('reversal', 'void') then m.at > p_from and m.at <= p_until
             else m.stated_at >= p_opened_at and m.stated_at < p_closed_at end
$$;

-- Takes a terminal's report of a shift, once for each number; the same report again is answered as before. Nothing is
-- queued on the terminal when it reports, so every reversal and void that it counted was done before this moment, and none of
-- the next shift's before its end; a minute is the most that a terminal's clock may be off (signatures refuse more). A terminal
-- that says nothing of voids has counted them among its reversals. A shift that was opened begins when its opening says.
-- Outcomes: recorded, known, reused.
create or replace function settlement.record_shift(
  p_terminal bigint, p_number uuid, p_opened_at timestamptz, p_closed_at timestamptz,
  p_sales_count int, p_sales_amount bigint, p_reversals_count int, p_reversals_amount bigint,
  p_voids_count int, p_voids_amount bigint
) returns table (outcome text, sales_count int, sales_amount bigint, reversals_count int, reversals_amount bigint,
  voids_count int, voids_amount bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_now timestamptz := platform.now();
  v_from timestamptz;
  v_until timestamptz := least(v_now, p_closed_at + interval '1 minute');
  v_tells_voids boolean := p_voids_count is not null;
  v_outcome text := 'recorded';
  s settlement.shift;
begin
  perform settlement.take_turn(p_terminal);
  if exists (select from settlement.shift_opening o
             where o.terminal = p_terminal and o.number = p_number and o.opened_at <> p_opened_at) then
    return query select 'reused', 0, 0::bigint, 0, 0::bigint, null::int, null::bigint;
    return;
  end if;
  select greatest(max(x.reversals_until), p_opened_at - interval '1 minute') into v_from
  from settlement.shift x where x.terminal = p_terminal and x.number <> p_number;

  insert into settlement.shift (terminal, number, opened_at, closed_at, sales_count, sales_amount, reversals_count,
    reversals_amount, voids_count, voids_amount, reversals_from, reversals_until, service_sales_count, service_sales_amount,
    service_reversals_count, service_reversals_amount, service_voids_count, service_voids_amount, received_at)
  select p_terminal, p_number, p_opened_at, p_closed_at, p_sales_count, p_sales_amount, p_reversals_count,
    p_reversals_amount, p_voids_count, p_voids_amount, v_from, v_until, t.sales_count, t.sales_amount,
    t.reversals_count + case when v_tells_voids then 0 else t.voids_count end,
    t.reversals_amount + case when v_tells_voids then 0 else t.voids_amount end,
    case when v_tells_voids then t.voids_count end, case when v_tells_voids then t.voids_amount end, v_now
  from settlement.shift_totals(p_terminal, p_opened_at, p_closed_at, v_from, v_until) t
  on conflict on constraint shift_pkey do nothing
  returning * into s;
  if not found then
    select * into strict s from settlement.shift x where x.terminal = p_terminal and x.number = p_number;
    v_outcome := case when (s.opened_at, s.closed_at, s.sales_count, s.sales_amount, s.reversals_count, s.reversals_amount,
        s.voids_count, s.voids_amount) is not distinct from (p_opened_at, p_closed_at, p_sales_count, p_sales_amount,
        p_reversals_count, p_reversals_amount, p_voids_count, p_voids_amount)
      then 'known' else 'reused' end;
  end if;
  return query select v_outcome, s.service_sales_count, s.service_sales_amount, s.service_reversals_count,
    s.service_reversals_amount, s.service_voids_count, s.service_voids_amount;
end $$;
