-- A terminal's records are taken in one after the other: whoever brings some waits for whoever brought some before.
create or replace function offline_sales.open_chain(p_terminal bigint) returns setof offline_sales.chain
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  insert into offline_sales.chain (terminal) values (p_terminal) on conflict do nothing;
  return query select * from offline_sales.chain c where c.terminal = p_terminal for no key update;
end $$;

-- The chain ends with this record, whatever was wrong with it: what follows it is judged by it. With a fault the terminal
-- stops selling by itself, and the office hears of it; the first fault is the one that is named.
create or replace function offline_sales.move_chain(
  p_terminal bigint, p_sequence bigint, p_hash bytea, p_occurred_at text, p_monotonic bigint, p_boot uuid,
  p_hotlist_version bigint, p_fault text
) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  c offline_sales.chain;
begin
  select * into strict c from offline_sales.chain x where x.terminal = p_terminal for no key update;
  update offline_sales.chain x
  set sequence = p_sequence, hash = p_hash, occurred_at = coalesce(p_occurred_at, x.occurred_at),
    monotonic = coalesce(p_monotonic, x.monotonic), boot = coalesce(p_boot, x.boot),
    hotlist_version = coalesce(p_hotlist_version, x.hotlist_version)
  where x.terminal = p_terminal;
  if p_fault is null or c.stopped_by is not null then return; end if;

  update offline_sales.chain x
  set stopped_by = p_fault, stopped_at = platform.now(), stopped_sequence = p_sequence
  where x.terminal = p_terminal;
  perform terminals.stop_offline(p_terminal);
  insert into payment_codes.alarm (kind, terminal) values ('records_broken', p_terminal);
  insert into platform.outbox (type, payload) values ('offline_sales.stopped',
    jsonb_build_object('terminal', p_terminal::text, 'fault', p_fault, 'sequence', p_sequence));
end $$;

-- Two people have looked: the terminal may sell by itself again, from where its records are now.
create or replace function offline_sales.resume(p_terminal bigint, p_approval bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update offline_sales.chain x
  set stopped_by = null, stopped_at = null, stopped_sequence = null, resumed_by = p_approval
  where x.terminal = p_terminal and x.stopped_by is not null;
  if not found then return false; end if;
  perform terminals.resume_offline(p_terminal);
  return true;
end $$;
