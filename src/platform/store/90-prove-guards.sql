-- What keeps the books from being changed is in its place: every guard as it was made, on partitions too, and an application's
-- role that can do no more than it was offered.
create or replace function platform.prove_guards() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with trigger as materialized (
    select t.tgrelid as name, t.tgname as trigger, t.tgtype, t.tgfoid,
      pg_get_triggerdef(t.oid) || ' ' || md5(p.prosrc) as definition
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where t.tgenabled in ('O', 'A')
  ), partition as (
    select g.name, g.trigger, i.inhrelid as partition from platform.guard g join pg_inherits i on i.inhparent = g.name
  )
  select 'what must not change refuses change', (
    select count(*) from platform.guard g
    where not exists (select from trigger t where (t.name, t.trigger, t.definition) = (g.name, g.trigger, g.definition))
  ) + (
    -- An update or delete of a row fires the clone of the table's trigger; a truncation needs one of its own.
    select count(*) from partition g
    where not exists (
      select from trigger t join trigger o on o.name = g.name and o.trigger = g.trigger
      where t.name = g.partition and t.trigger = g.trigger and (t.tgtype, t.tgfoid) = (o.tgtype, o.tgfoid))
  ) + case when exists (select from platform.guard) then 0 else 1 end
  union all
  select 'campus_app writes no money table', count(*)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('ledger', 'payments') and c.relkind in ('r', 'p')
    and (has_table_privilege('campus_app', c.oid, 'insert') or has_any_column_privilege('campus_app', c.oid, 'update')
      or has_table_privilege('campus_app', c.oid, 'delete') or has_table_privilege('campus_app', c.oid, 'truncate'))
  union all
  select 'campus_app takes nothing away that is guarded', count(distinct c.oid)
  from platform.guard g
  cross join lateral (select g.name::oid as oid union select p.relid from pg_partition_tree(g.name) p) c
  where g.trigger in ('append_only', 'kept_rows')
    and (has_table_privilege('campus_app', c.oid, 'delete') or has_table_privilege('campus_app', c.oid, 'truncate')
      or has_table_privilege('campus_app', c.oid, 'trigger')
      or (g.trigger = 'append_only' and has_any_column_privilege('campus_app', c.oid, 'update')))
  union all
  select 'campus_app executes only what is offered', count(*)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspowner = (select x.nspowner from pg_namespace x where x.nspname = 'platform')
    and n.nspname !~ '^(pg_|information_schema$|public$)'
    and has_function_privilege('campus_app', p.oid, 'execute') and (not p.prosecdef or p.proname = 'start_era')
  union all
  select 'campus_app is nobody else', count(*)
  from pg_roles r
  where r.rolname = 'campus_app' and (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls or r.rolreplication
    or exists (select from pg_auth_members m where m.member = r.oid))
$$;
