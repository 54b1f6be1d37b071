-- A dump that is restored brings rows with transaction numbers that its new cluster has not reached. The last migration's
-- number does not tell: a fresh cluster may be past that and still far behind the rows. The rows themselves tell.
create or replace function platform.start_era() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_table regclass;
  v_found xid8;
  v_era int;
  v_highest xid8;
  v_next xid8;
begin
  select e.era, e.highest_xid into strict v_era, v_highest from platform.era e for update;
  for v_table in
    select p.name from platform.partitioned_table p
    where (select count(*) from pg_attribute a where a.attrelid = p.name and a.attname in ('era', 'xid')) = 2
  loop
    execute format('select t.xid from %s t where t.era = $1 order by t.era desc, t.xid desc limit 1', v_table)
      into v_found using v_era;
    v_highest := case when v_found > v_highest then v_found else v_highest end;
  end loop;
  -- Read last: whatever was seen of others, who go on writing meanwhile, is below it in their own cluster.
  v_next := pg_snapshot_xmax(pg_current_snapshot());
  update platform.era e
  set era = e.era + case when v_next <= v_highest then 1 else 0 end, highest_xid = pg_current_xact_id();
end $$;
revoke execute on function platform.start_era() from public, campus_app;
