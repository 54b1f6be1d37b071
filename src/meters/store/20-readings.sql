-- A reading never falls and is charged once, at the price of now; what is no whole fen yet, the next one begins with. One
-- that is taken again is known; one from before the last is of no use any more. A reading that is below the last one, or
-- far above what a room can use, is not taken, and the office hears of it; the office may be sure of the latter.
-- Outcomes: taken, known, differs, older, early, falls, unlikely, unknown, terminal_revoked.
create or replace function meters.note(p_kind text, p_meter bigint, p_value bigint) returns void
language sql volatile set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  insert into meters.incident (kind, meter, value)
  select p_kind, p_meter, p_value
  where not exists (select from (select * from meters.incident x where x.meter = p_meter order by x.id desc limit 1) l
    where (l.kind, l.value) = (p_kind, p_value))
$$;

create or replace function meters.judge_reading(m meters.meter, p_value bigint, p_taken_at timestamptz, p_is_sure boolean) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  r meters.reading;
begin
  select * into r from meters.reading x where x.meter = m.id and x.device = m.device and x.taken_at = p_taken_at;
  if found then return case when r.value = p_value then 'known' else 'differs' end; end if;
  return case
    when p_taken_at > platform.now() + interval '5 minutes' then 'early'
    when p_taken_at <= m.read_at then 'older'
    when p_value < m.reading then 'falls'
    when not p_is_sure and p_value - m.reading
      > m.daily_most * greatest(1, ceil(extract(epoch from p_taken_at - m.read_at) / 86400))::bigint then 'unlikely'
    else 'taken' end;
end $$;

-- Keeps the reading, and takes what it costs off the credit. The meter is locked by the caller.
create or replace function meters.charge(m meters.meter, p_value bigint, p_taken_at timestamptz, p_source text, p_by bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  r meters.reading;
begin
  r.units := p_value - m.reading;
  r.charged := case when m.networked then (m.rest + r.units * m.price) / m.per else 0 end;
  r.rest := case when m.networked then (m.rest + r.units * m.price) % m.per else 0 end;
  insert into meters.reading (meter, device, value, units, price, per, rest_before, rest, charges, charged, taken_at, source, brought_by)
  values (m.id, m.device, p_value, r.units, m.price, m.per, m.rest, r.rest, m.networked, r.charged, p_taken_at, p_source, p_by)
  returning * into r;
  update meters.meter x set reading = p_value, read_at = p_taken_at, rest = r.rest where x.id = m.id;
  if m.networked then
    perform meters.move(m.id, jsonb_populate_record(null::meters.movement,
      jsonb_build_object('kind', 'reading', 'amount', -r.charged, 'reading', r.id)));
  end if;
  return r.id;
end $$;

-- A terminal brings readings of the meters of its place, the office those of any. `warning` numbers the warning that the
-- residents are to get now; null when there is none.
create or replace function meters.take_reading(p jsonb)
returns table (outcome text, meter bigint, credit bigint, reading bigint, warning int)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  m meters.meter;
  v_outcome text;
  v_terminal bigint := (p->>'terminal')::bigint;
  v_value bigint := (p->>'value')::bigint;
  v_taken_at timestamptz := (p->>'taken_at')::timestamptz;
  v_warning int;
begin
  if v_terminal is not null and not terminals.stays_in_service(v_terminal, (p->>'generation')::int) then
    return query select 'terminal_revoked', null::bigint, null::bigint, null::bigint, null::int;
    return;
  end if;
  select * into m from meters.meter x where x.device = (p->>'device')::bigint
    and (v_terminal is null or x.place = (p->>'place')::bigint) for update;
  if not found then
    return query select 'unknown', null::bigint, null::bigint, null::bigint, null::int;
    return;
  end if;
  v_outcome := meters.judge_reading(m, v_value, v_taken_at, (p->>'is_sure')::boolean);
  if v_outcome in ('falls', 'unlikely') then perform meters.note('reading_' || v_outcome, m.id, v_value); end if;
  if v_outcome = 'taken' then
    perform meters.charge(m, v_value, v_taken_at, case when v_terminal is null then 'office' else 'terminal' end,
      coalesce(v_terminal, (p->>'staff')::bigint));
    update meters.meter x set warned = true, warnings = x.warnings + 1
    where x.id = m.id and x.networked and x.credit < x.warn_below and not x.warned returning x.warnings into v_warning;
  end if;
  return query select v_outcome, x.id, x.credit, x.reading, v_warning from meters.meter x where x.id = m.id;
end $$;
