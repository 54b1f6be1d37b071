-- A card's visits, the one under way first, then the newest: what it cost, or costs if it ended now.
create or replace function gates.visits_of(p_card bigint, p_limit int)
returns table (visit bigint, place bigint, charge text, is_inside boolean, entered_at timestamptz, closes_at timestamptz,
  ended_at timestamptz, end_reason text, minute_price bigint, most bigint, cost bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
  select v.id, v.place, v.charge, v.ended_at is null and v.closes_at > t.now, v.entered_at, v.closes_at,
    -- One that was forgotten is over with the place, whether anybody has swept or not.
    coalesce(v.ended_at, case when v.closes_at <= t.now then v.closes_at end),
    coalesce(v.end_reason, case when v.closes_at <= t.now then 'forgotten' end), v.minute_price,
    v.amount,
    case when v.ended_at is not null then v.charged when v.closes_at <= t.now and v.charge = 'time' then v.forgotten_amount
      when v.charge = 'entry' then v.amount else gates.price(v, t.now) end
  from (select platform.now() as now) t
  cross join lateral (
    select * from gates.visit x where x.card = p_card and x.state in ('inside', 'over') order by x.id desc limit p_limit
  ) v
  order by v.ended_at is null and v.closes_at > t.now desc, v.id desc
$$;
