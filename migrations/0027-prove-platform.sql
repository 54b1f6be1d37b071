-- Which triggers guard the books, and what the proofs of the books said last.

-- A table whose guards are gone cannot say that it had some: here each is kept as it was made, with its function's text.
create table platform.guard (
  name regclass,
  trigger name,
  definition text not null,
  constraint guard_pkey primary key (name, trigger)
);

-- Called when migrations have run: what they made is a guard from now on, and what was known stays as it was known.
create function platform.record_guards() returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into platform.guard (name, trigger, definition)
  select t.tgrelid, t.tgname, pg_get_triggerdef(t.oid) || ' ' || md5(p.prosrc)
  from pg_trigger t
  join pg_proc p on p.oid = t.tgfoid
  join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and not c.relispartition
    and n.nspowner = (select x.nspowner from pg_namespace x where x.nspname = 'platform')
  on conflict do nothing
$$;

-- Only where a guard is taken off on purpose, by the migration that does so.
create function platform.forget_guard(p_table regclass, p_trigger name) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  delete from platform.guard g where g.name = p_table and g.trigger = p_trigger
$$;

-- A new partition takes the guards of statements from its table; those of rows it has by itself.
create or replace function platform.make_partitions() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  t record;
  v_month date;
  v_name text;
begin
  for t in select * from platform.partitioned_table loop
    for v_month in
      select (date_trunc('month', platform.now() at time zone 'UTC') + make_interval(months => m))::date
      from generate_series(0, 3) m
    loop
      v_name := format('%s_%s', t.name, to_char(v_month, 'YYYY_MM'));
      if to_regclass(v_name) is null then
        begin
          execute format('create table %s partition of %s for values from (%L) to (%L)',
            v_name, t.name, v_month, (v_month + interval '1 month')::date);
          perform platform.guard_partition(v_name::regclass, t.name);
        exception when check_violation then null;  -- rows of that month already lie in the default partition
        end;
      end if;
    end loop;
  end loop;
end $$;

create function platform.guard_partition(p_partition regclass, p_table regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_trigger name;
begin
  -- Of statements that are no update and no insert: truncations.
  for v_trigger in
    select t.tgname from pg_trigger t where t.tgrelid = p_table and not t.tgisinternal and t.tgtype & 32 > 0
  loop
    execute format('create trigger %I before truncate on %s for each statement execute function platform.refuse_change()',
      v_trigger, p_partition);
  end loop;
end $$;

-- What each proof said when it was last made.
create table platform.proof (
  proof text constraint proof_pkey primary key,
  -- The function that makes it, with others.
  source text not null,
  broken bigint not null constraint proof_broken_not_negative check (broken >= 0),
  broken_since timestamptz,
  proved_at timestamptz not null,
  took_ms int not null,
  constraint proof_broken_since_when check ((broken > 0) = (broken_since is not null))
);
grant select, insert, update, delete on platform.proof to campus_app;
