-- The ground that every module stands on: the application's role, the one clock, the outbox, and how functions are granted.

do $$
begin
  if not exists (select from pg_roles where rolname = 'campus_app') then
    begin
      create role campus_app nologin;
    exception when duplicate_object or unique_violation then null;  -- another database of this cluster was quicker
    end;
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant campus_app to %I', current_user);
  end if;
end $$;

create schema platform;
revoke all on schema public from public;
grant usage on schema platform to campus_app;
alter default privileges revoke execute on functions from public;

create table platform.functions (
  only_row boolean primary key default true check (only_row),
  fingerprint text not null
);
insert into platform.functions (fingerprint) values ('none yet');

-- The time zone that business days and meals are counted in.
create table platform.campus (
  only_row boolean primary key default true check (only_row),
  time_zone text not null
);
insert into platform.campus (time_zone)
values (coalesce(nullif(current_setting('campus.zone', true), ''), 'Asia/Shanghai'));
grant select on platform.campus to campus_app;

-- Whether the clock may be set is decided when a database is born and never afterwards.
create table platform.clock (
  only_row boolean primary key default true check (only_row),
  simulated boolean not null,
  set_at timestamptz not null default clock_timestamp(),
  reading timestamptz not null default clock_timestamp(),
  rate double precision not null default 1 check (rate > 0)
);
insert into platform.clock (simulated)
values (coalesce(current_setting('campus.clock', true), 'real') = 'simulated');
grant select on platform.clock to campus_app;

create function platform.now() returns timestamptz
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select case when c.simulated then c.reading + (clock_timestamp() - c.set_at) * c.rate
              else clock_timestamp() end
  from platform.clock c
$$;

create function platform.clock_rate() returns double precision
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when c.simulated then c.rate else 1 end from platform.clock c
$$;

create function platform.set_clock(p_reading timestamptz, p_rate double precision default 1) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update platform.clock set set_at = clock_timestamp(), reading = p_reading, rate = p_rate where simulated;
  if not found then
    raise exception 'the clock of this database is real and cannot be set';
  end if;
  perform pg_notify('platform_clock', '');
end $$;

-- The day that a sale at this instant belongs to, in campus time.
create function platform.business_date(p_at timestamptz) returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (p_at at time zone c.time_zone)::date from platform.campus c
$$;

-- An era ends when a dump is restored into a cluster whose transaction ids start again; cursors are (era, xid, id).
create table platform.era (
  only_row boolean primary key default true check (only_row),
  era int not null,
  highest_xid xid8 not null
);
insert into platform.era (era, highest_xid) values (1, pg_current_xact_id());

create function platform.current_era() returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.era from platform.era e
$$;

create function platform.start_era() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update platform.era e
  set era = e.era + case when pg_current_xact_id() <= e.highest_xid then 1 else 0 end,
      highest_xid = pg_current_xact_id()
$$;

-- Tables that are never changed and never shortened: even their owner is refused.
create function platform.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception '%.% is append-only: % is refused', tg_table_schema, tg_table_name, tg_op
    using errcode = 'insufficient_privilege';
end $$;

create function platform.make_append_only(p_table regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (select c.relispartition from pg_class c where c.oid = p_table) is not true then
    execute format('create trigger append_only before update or delete on %s for each row execute function platform.refuse_change()', p_table);
  end if;
  execute format('create trigger append_only_truncate before truncate on %s for each statement execute function platform.refuse_change()', p_table);
end $$;

-- Monthly partitions, this month and the next three, and one that catches whatever has no month.
create table platform.partitioned_table (
  name regclass primary key,
  append_only boolean not null
);

create function platform.make_partitions() returns void
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
          if t.append_only then perform platform.make_append_only(v_name::regclass); end if;
        exception when check_violation then null;  -- rows of that month already lie in the default partition
        end;
      end if;
    end loop;
  end loop;
end $$;

create function platform.partition_by_month(p_table regclass, p_append_only boolean) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.partitioned_table values (p_table, p_append_only);
  execute format('create table %s_other partition of %s default', p_table, p_table);
  if p_append_only then
    perform platform.make_append_only(p_table);
    perform platform.make_append_only(format('%s_other', p_table)::regclass);
  end if;
  perform platform.make_partitions();
end $$;

-- What happened, written in the same transaction as the fact, read by each consumer behind its own cursor.
create table platform.outbox (
  id bigint generated always as identity,
  era int not null default platform.current_era(),
  xid xid8 not null default pg_current_xact_id(),
  happened_at timestamptz not null default platform.now(),
  type text not null,
  payload jsonb not null,
  primary key (id, happened_at)
) partition by range (happened_at);
create index outbox_order on platform.outbox (era, xid, id);
select platform.partition_by_month('platform.outbox', true);
grant select, insert on platform.outbox to campus_app;

create table platform.outbox_cursor (
  consumer text primary key,
  era int not null,
  xid xid8 not null,
  id bigint not null,
  moved_at timestamptz not null default clock_timestamp(),
  failures int not null default 0,
  last_error text
);
grant select, insert, update on platform.outbox_cursor to campus_app;

-- Events of a consumer that failed again and again, set aside with their reason so that the rest may go on.
create table platform.outbox_failure (
  consumer text not null,
  event_id bigint not null,
  type text not null,
  payload jsonb not null,
  error text not null,
  failed_at timestamptz not null default clock_timestamp(),
  primary key (consumer, event_id)
);
grant select, insert on platform.outbox_failure to campus_app;

-- Events that every transaction before the horizon has finished writing, after a cursor, in their one order.
create function platform.read_outbox(p_era int, p_xid xid8, p_id bigint, p_limit int)
returns table (era int, xid xid8, id bigint, happened_at timestamptz, type text, payload jsonb)
language sql volatile security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select o.era, o.xid, o.id, o.happened_at, o.type, o.payload
  from platform.outbox o
  where (o.era, o.xid, o.id) > (p_era, p_xid, p_id)
    and (o.era < platform.current_era() or o.xid < pg_snapshot_xmin(pg_current_snapshot()))
  order by o.era, o.xid, o.id
  limit p_limit
$$;

-- Small tables that processes keep a copy of: every change raises the version that the copies look at.
create table platform.table_version (
  name text primary key,
  version bigint not null default 1
);
grant select on platform.table_version to campus_app;

create function platform.raise_version() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update platform.table_version set version = version + 1 where name = tg_argv[0];
  return null;
end $$;

create function platform.count_changes(p_name text, p_table regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.table_version (name) values (p_name) on conflict do nothing;
  execute format('create trigger count_changes after insert or update or delete on %s for each statement execute function platform.raise_version(%L)', p_table, p_name);
end $$;

-- What modules offer is executable by the application; nothing is by anybody else.
create function platform.grant_functions() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  s text;
begin
  for s in
    select n.nspname from pg_namespace n
    where n.nspowner = (select r.oid from pg_roles r where r.rolname = current_user)
      and n.nspname !~ '^(pg_|information_schema$|public$)'
  loop
    execute format('revoke execute on all functions in schema %I from public', s);
    execute format('grant execute on all functions in schema %I to campus_app', s);
  end loop;
  revoke execute on function platform.grant_functions(), platform.make_append_only(regclass),
    platform.partition_by_month(regclass, boolean), platform.count_changes(text, regclass), platform.start_era()
    from campus_app;
end $$;
