-- Adds deltas to the rollups of their accounts, in order, each once, and only behind the commit horizon: whatever commits
-- later stands later. Accounts with the most room to gain come in turn; one that somebody pays out is passed over. Gives
-- back how many deltas were folded; fewer than the limit of an account on all of them means that all is folded.
create or replace function ledger.fold_deltas(p_after bigint, p_accounts int, p_limit int)
returns table (last_account bigint, folded bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query
  with mine as materialized (
    select r.account, r.era, r.xid, r.id from ledger.rollup r
    where r.account > p_after order by r.account limit p_accounts
    for no key update skip locked
  ), fold as (
    select m.account, f.* from mine m cross join lateral (
      select sum(d.amount)::bigint as amount, sum(d.entries)::bigint as entries, count(*) as deltas,
        (array_agg(d order by d.era desc, d.xid desc, d.id desc))[1] as last
      from (
        select x.* from ledger.delta x
        where x.account = m.account and (x.era, x.xid, x.id) > (m.era, m.xid, m.id)
          and (x.era < platform.current_era() or x.xid < pg_snapshot_xmin(pg_current_snapshot()))
        order by x.era, x.xid, x.id limit p_limit
      ) d
    ) f where f.deltas > 0
  ), moved as (
    update ledger.rollup r
    set balance = r.balance + f.amount, entries = r.entries + f.entries, era = (f.last).era, xid = (f.last).xid,
        id = (f.last).id, folded_at = platform.now()
    from fold f where f.account = r.account
    returning f.deltas
  )
  select (select max(m.account) from mine m), (select coalesce(sum(m.deltas), 0)::bigint from moved m);
end $$;
