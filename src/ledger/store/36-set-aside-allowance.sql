-- Sets money of one account aside for its owner's own later sales, up to what is free there: a hold of one line that is no
-- sale's. The caller holds the owner's lock; the account is locked here, after which the caller may ask what is free.
create or replace function ledger.set_aside_allowance(p_account bigint, p_amount bigint, p_until timestamptz) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_hold bigint := nextval('ledger.entry_id');
  v_owner bigint;
begin
  update ledger.account a set held = a.held + p_amount
  where a.id = p_account and a.guarded and a.balance - a.held >= p_amount returning a.owner into v_owner;
  if not found then
    raise exception 'a guarded account would be overdrawn' using errcode = 'CP001';
  end if;
  insert into ledger.hold (id, owner, amount, expires_at, placed_at, purpose)
  values (v_hold, v_owner, p_amount, p_until, platform.now(), 'allowance');
  insert into ledger.hold_line (hold, line, account, amount) values (v_hold, 1, p_account, p_amount);
  return v_hold;
end $$;

-- What is left of each owner's open holds for later sales, account by account: money that its owner can still spend.
create or replace function ledger.allowances_of(p_owner bigint[])
returns table (owner bigint, hold bigint, account bigint, amount bigint, expires_at timestamptz)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  select h.owner, h.id, l.account, l.amount - l.captured - l.released, h.expires_at
  from ledger.hold h join ledger.hold_line l on l.hold = h.id
  where h.owner = any (p_owner) and h.ended_at is null and h.purpose = 'allowance'
  order by h.id
$$;
