-- Adds deltas to the rollups of their accounts: in order, each once, and only behind the commit horizon, since whatever
-- commits later stands later. An account that somebody pays out, or folds, is passed over. `last_account` is where to go
-- on; none means that there are no more accounts.
create or replace function ledger.fold_deltas(p_after bigint, p_accounts int, p_limit int)
returns table (last_account bigint, folded bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with mine as materialized (
    select r.account, r.era, r.xid, r.id from ledger.rollup r
    where r.account > p_after order by r.account limit p_accounts
    for no key update skip locked
  ), fold as (
    select m.account, f.* from mine m cross join lateral (
      select sum((n.delta).amount)::bigint as amount, sum((n.delta).entries)::bigint as entries, count(*) as deltas,
        (array_agg(n.delta order by (n.delta).era desc, (n.delta).xid desc, (n.delta).id desc))[1] as last
      from (
        select x as delta from ledger.delta x
        where x.account = m.account and (x.era, x.xid, x.id) > (m.era, m.xid, m.id)
          and (x.era < platform.current_era() or x.xid < pg_snapshot_xmin(pg_current_snapshot()))
        order by x.era, x.xid, x.id limit p_limit
      ) n
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

-- Takes money out of an unguarded account, and never more than is there: a payout. The rollup's row is the lock, so that
-- two payouts cannot pay the same money; sales neither wait for it nor make it wait. Outcomes: withdrawn, exceeds.
create or replace function ledger.withdraw(
  p_account bigint, p_to bigint, p_amount bigint, p_kind text, p_about jsonb
) returns table (outcome text, entry bigint, balance bigint)
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
#variable_conflict use_column
declare
  v_balance bigint;
  v_entry bigint;
begin
  if p_amount <= 0 or exists (select from ledger.account a where a.id = p_to and a.guarded) then
    raise exception 'a payout takes a positive amount to an unguarded account' using errcode = 'CP005';
  end if;
  perform from ledger.rollup r where r.account = p_account for no key update;
  if not found then
    raise exception 'an account that is not there, or is guarded, pays nothing out' using errcode = 'CP004';
  end if;
  perform from ledger.fold_deltas(p_account - 1, 1, 10000);
  -- Read after the lock: what an earlier payout took is seen, folded or not.
  select b.balance into strict v_balance from ledger.account_balance b where b.account = p_account;
  if p_amount > v_balance then
    return query select 'exceeds', null::bigint, v_balance;
    return;
  end if;
  v_entry := nextval('ledger.entry_id');
  perform ledger.post_entry(v_entry, p_kind, p_about, null, null, array[p_account, p_to], array[-p_amount, p_amount]);
  return query select 'withdrawn', v_entry, v_balance - p_amount;
end $$;
