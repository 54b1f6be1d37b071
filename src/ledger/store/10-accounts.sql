-- An account is known by its owner, kind and last day of use; asking for it again gives the same one.
create or replace function ledger.open_account(
  p_owner bigint, p_kind text, p_usable_until timestamptz, p_guarded boolean
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_id bigint;
begin
  insert into ledger.account (owner, kind, usable_until, guarded)
  values (p_owner, p_kind, p_usable_until, p_guarded)
  on conflict on constraint account_identity do nothing
  returning id into v_id;
  if v_id is null then
    select a.id into v_id from ledger.account a
    where a.owner = p_owner and a.kind = p_kind and a.usable_until is not distinct from p_usable_until;
  elsif not p_guarded then
    insert into ledger.rollup (account) values (v_id);
  end if;
  return v_id;
end $$;

create or replace function ledger.account_of(p_owner bigint, p_kind text) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id from ledger.account a where a.owner = p_owner and a.kind = p_kind and a.usable_until is null
$$;

-- What each account holds now. An unguarded one is what was folded and the few deltas after it.
create or replace view ledger.account_balance as
select a.id as account, a.owner, a.kind, a.usable_until, a.guarded,
  case when a.guarded then a.balance else coalesce(f.balance, 0) end as balance,
  a.held,
  case when a.guarded then a.balance - a.held else coalesce(f.balance, 0) end as available
from ledger.account a
left join lateral (
  select r.balance + coalesce((
    select sum(d.amount) from ledger.delta d
    where d.account = r.account and (d.era, d.xid, d.id) > (r.era, r.xid, r.id)
  ), 0)::bigint as balance
  from ledger.rollup r where not a.guarded and r.account = a.id
) f on true;
grant select on ledger.account_balance to campus_app;

-- Every posting with what its entry was about.
create or replace view ledger.statement as
select p.entry, p.line, p.account, a.owner, a.kind, p.amount, p.balance_after, p.posted_at,
  e.kind as entry_kind, e.reverses, e.hold, e.about
from ledger.posting p
join ledger.entry e on e.id = p.entry and e.posted_at = p.posted_at
join ledger.account a on a.id = p.account;
grant select on ledger.statement to campus_app;
