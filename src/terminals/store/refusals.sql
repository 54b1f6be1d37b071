-- Whether each terminal may still sell, judged where the sale is decided: a revocation counts from its commit.
create or replace function terminals.refusals(p_terminal bigint[], p_generation int[])
returns table (ord int, reason text)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  select i.ord::int,
    -- A kiosk has no key: the service itself sells there. A terminal that is not there sells nothing.
    case when t.status is distinct from 'active' or k.status is distinct from 'active' and t.kiosk is not true then 'terminal_revoked' end
  from unnest(p_terminal, p_generation) with ordinality i (terminal, generation, ord)
  left join terminals.terminal t on t.id = i.terminal
  left join terminals.terminal_key k on k.terminal = i.terminal and k.generation = i.generation
$$;

-- Whether a terminal is in service, and stays so until the caller's transaction ends: its revocation waits for what is
-- under way, and what begins after that finds it. For what is rarer than a sale, since sales would queue at the row.
create or replace function terminals.stays_in_service(p_terminal bigint, p_generation int) returns boolean
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  perform from terminals.terminal t where t.id = p_terminal and t.status = 'active' for share;
  if not found then
    return false;
  end if;
  perform from terminals.terminal_key k
  where k.terminal = p_terminal and k.generation = p_generation and k.status = 'active' for share;
  return found;
end $$;

-- Whether the service itself sells here, and nobody stands there.
create or replace function terminals.is_kiosk(p_terminal bigint) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select t.kiosk from terminals.terminal t where t.id = p_terminal
$$;
