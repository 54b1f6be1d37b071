-- Forgets visits that ended before what the office keeps, some at a time, then the scans and incidents of that time, and orders
-- of passes that were never paid. A scan stays as long as its visit does. Gives back how many rows went.
create or replace function gates.forget(p_limit int) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v_until timestamptz := platform.now() - (select make_interval(days => r.keep_days) from gates.retention r);
  v_count int := 0;
  v_gone int;
begin
  with gone as (
    delete from gates.visit v
    where v.id in (select x.id from gates.visit x where x.ended_at < v_until order by x.ended_at limit p_limit)
    returning v.pass, v.state
  ), counted as (
    select g.pass, count(*) filter (where g.state <> 'void') as uses from gone g where g.pass is not null group by g.pass
  ), noted as (
    update gates.pass s set forgotten = s.forgotten + c.uses from counted c where s.id = c.pass and c.uses > 0 returning 1
  )
  select count(*) into v_gone from gone;
  v_count := v_count + v_gone;

  delete from gates.passage p
  where (p.order_no, p.terminal) in (
    select x.order_no, x.terminal from gates.passage x
    where x.decided_at < v_until
      and (x.visit is null or not exists (select from gates.visit v where v.id = x.visit))
    order by x.decided_at limit p_limit);
  get diagnostics v_gone = row_count;
  v_count := v_count + v_gone;

  delete from gates.incident i
  where i.id in (select x.id from gates.incident x where x.happened_at < v_until order by x.happened_at limit p_limit);
  get diagnostics v_gone = row_count;
  v_count := v_count + v_gone;

  -- One that is paid late, after a phone was asked, is paid within minutes.
  delete from gates.pass_order o
  where o.order_no in (
    select x.order_no from gates.pass_order x
    where x.pass is null and x.ordered_at < v_until order by x.ordered_at limit p_limit);
  get diagnostics v_gone = row_count;
  return v_count + v_gone;
end $$;

-- How long the office keeps who was where.
create or replace function gates.keep_visits(p_days int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update gates.retention set keep_days = p_days
$$;
