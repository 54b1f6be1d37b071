-- Takes an owner's amount from the owner's accounts of the given kinds, as a draw does, by what was good at a moment that is
-- past; what they lack the owner owes, on an account of the kind named for it, which runs below zero. One entry, in any case.
-- The owner's accounts are locked here, in id order.
create or replace function ledger.draw_or_owe(
  p_owner bigint, p_kinds text, p_amount bigint, p_at timestamptz, p_debt text, p_credit bigint, p_kind text, p_about jsonb
) returns table (entry bigint, owed bigint)
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_entry bigint := nextval('ledger.entry_id');
  v_account bigint[]; v_taken bigint[];
  v_owed bigint;
begin
  perform from (
    select a.id from ledger.account a where a.owner = p_owner and a.guarded order by a.id for no key update
  ) locked;
  perform ledger.release_expired(array[p_owner]);

  with purse as (
    select a.id, a.balance - a.held as free, row_number() over (order by k.place, a.usable_until nulls last, a.id) as number
    from ledger.account a
    cross join lateral (select strpos(',' || p_kinds || ',', ',' || a.kind || ',') as place) k
    where a.owner = p_owner and a.guarded and k.place > 0 and a.balance > a.held
      and (a.usable_until is null or a.usable_until > p_at)
  ), line as (
    select p.number, p.id, p.free, sum(p.free) over (order by p.number) - p.free as before from purse p
  )
  select array_agg(l.id order by l.number), array_agg(-least(l.free, p_amount - l.before)::bigint order by l.number)
  into v_account, v_taken
  from line l where l.before < p_amount;

  v_owed := p_amount + coalesce((select sum(t) from unnest(v_taken) t), 0);
  if v_owed > 0 then
    v_account := v_account || ledger.open_account(p_owner, p_debt, null, false);
    v_taken := v_taken || -v_owed;
  end if;
  perform ledger.post_entry(v_entry, p_kind, p_about, null, null, v_account || p_credit, v_taken || p_amount);
  return query select v_entry, v_owed;
end $$;

-- Brings an owner's debt to nothing, as far as an account of the owner's has the money; and what was paid of it too much,
-- because a sale that it came from was given back, returns to that account. Null when there is nothing to do, or nothing to
-- do it with. Whoever posts on the debt holds the owner's lock; the account is locked here.
create or replace function ledger.settle_debt(
  p_owner bigint, p_debt text, p_from text, p_kind text, p_about jsonb
) returns table (entry bigint, amount bigint)
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_debt bigint := ledger.account_of(p_owner, p_debt);
  v_from bigint := ledger.account_of(p_owner, p_from);
  v_entry bigint;
  v_free bigint;
  v_amount bigint;
begin
  if v_debt is null or v_from is null then return; end if;
  select a.balance - a.held into v_free from ledger.account a where a.id = v_from for no key update;
  select least(-b.balance, v_free) into v_amount from ledger.account_balance b where b.account = v_debt;
  if v_amount = 0 then return; end if;
  v_entry := nextval('ledger.entry_id');
  perform ledger.post_entry(v_entry, p_kind, p_about, null, null, array[v_from, v_debt], array[-v_amount, v_amount]);
  return query select v_entry, v_amount;
end $$;
