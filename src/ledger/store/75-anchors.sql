-- What the anchors outside the database hold is copied here, line by line, so that any process can show it.
create or replace function ledger.note_anchor(p_block bigint, p_line text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into ledger.anchor (block, line, anchored_at) values (p_block, p_line, platform.now())
  on conflict on constraint anchor_line_key do nothing
$$;

-- How far the seal is behind: entries that could be sealed and are not, counted up to a limit; and the age of the oldest
-- entry that is in no block, which also grows when a long write transaction holds the horizon.
create or replace function ledger.seal_lag(p_count_max int) returns table (entries int, oldest_seconds double precision)
language sql volatile security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
  with sealed as materialized (
    select coalesce(max(b.last_era), 0) as era, coalesce(max(b.last_xid::text), '0')::xid8 as xid, coalesce(max(b.last_id), 0) as id
    from (select * from ledger.block x order by x.no desc limit 1) b
  )
  select (
      select count(*)::int from (
        select from ledger.entry e
        where (e.era, e.xid, e.id) > (s.era, s.xid, s.id)
          and (e.era, e.xid) < (platform.current_era(), pg_snapshot_xmin(pg_current_snapshot()))
        order by e.era, e.xid, e.id limit p_count_max
      ) behind
    ), coalesce(extract(epoch from platform.now() - (
        select e.posted_at from ledger.entry e
        where (e.era, e.xid, e.id) > (s.era, s.xid, s.id) order by e.era, e.xid, e.id limit 1
      )), 0)::double precision
  from sealed s
$$;
