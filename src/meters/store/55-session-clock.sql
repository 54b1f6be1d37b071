-- Ends what the clock ends, some sessions at a time, in the order of their cards: by what was reported last.
create or replace function meters.end_due_sessions(p_limit int) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v_session bigint; v_card bigint;
  v_count int := 0;
begin
  for v_session, v_card in
    select x.id, x.card from meters.session x
    where x.ended_at is null and (x.expires_at <= platform.now() or meters.is_over(x))
    order by x.card, x.id limit p_limit
  loop
    perform cards.lock(array[v_card]);
    perform from meters.session x where x.id = v_session for no key update;
    perform meters.end_session(v_session, 'expired');
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- The same at once for one device, before it begins another.
create or replace function meters.end_due_at(p_terminal bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s meters.session;
begin
  select * into s from meters.session x where x.terminal = p_terminal and x.ended_at is null;
  if s.id is null then return; end if;
  perform cards.lock(array[s.card]);
  select * into strict s from meters.session x where x.id = s.id for no key update;
  if s.ended_at is null and (s.expires_at <= platform.now() or meters.is_over(s)) then
    perform meters.end_session(s.id, 'expired');
  end if;
end $$;

-- The office ends a session by what was reported last; whether it was still running.
create or replace function meters.end_by_office(p_session bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s meters.session;
begin
  select * into s from meters.session x where x.id = p_session;
  if s.id is null then return false; end if;
  perform cards.lock(array[s.card]);
  select * into strict s from meters.session x where x.id = p_session for no key update;
  if s.ended_at is not null then return false; end if;
  perform meters.end_session(s.id, 'office');
  return true;
end $$;

-- The student asks the device to stop; it hears so with its next report. Whether the session was still running.
create or replace function meters.ask_to_stop(p_session bigint, p_cardholder bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update meters.session x set stop_asked_at = coalesce(x.stop_asked_at, platform.now())
  where x.id = p_session and x.cardholder = p_cardholder and x.ended_at is null and x.expires_at > platform.now();
  return found;
end $$;

-- The price list of a place, as one: what is not in the list is gone. Sessions that have begun keep what they began with.
create or replace function meters.set_programmes(p_place bigint, p_programmes jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from places.place x where x.id = p_place for no key update;
  delete from meters.programme x where x.place = p_place;
  insert into meters.programme (place, code, name_zh, name_en, amount, seconds)
  select p_place, r.code, r.name_zh, r.name_en, r.amount, r.seconds
  from jsonb_populate_recordset(null::meters.programme, p_programmes) r;
end $$;

create or replace function meters.set_session_policy(p_at_once int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update meters.session_policy set at_once = p_at_once
$$;
