-- A terminal that may not sell by itself any more, or may again: it learns of it from its settings.
create or replace function terminals.stop_offline(p_terminal bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update terminals.terminal t set offline_stopped_at = platform.now() where t.id = p_terminal and t.offline_stopped_at is null
$$;

create or replace function terminals.resume_offline(p_terminal bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update terminals.terminal t set offline_stopped_at = null where t.id = p_terminal and t.offline_stopped_at is not null
$$;
