-- One person asks for a word about a record that waits, another gives it, once.
create or replace function offline_sales.ask(p_record bigint, p_approval bigint, p_maker bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update offline_sales.record r set approval = p_approval, maker = p_maker where r.id = p_record and r.checker is null
$$;

-- The second person's word about a record that waits, for whoever carries it out in this transaction: the record, locked, or
-- nothing when it waits for no such word any more. A proposal that was rejected leaves the record waiting for another.
create or replace function offline_sales.take_word(p_record bigint, p_approval bigint)
returns setof offline_sales.record
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Whoever brings records has the chain before any card.
  perform from offline_sales.chain c
  where c.terminal = (select r.terminal from offline_sales.record r where r.id = p_record) for no key update;
  return query
  select * from offline_sales.record r
  where r.id = p_record and r.approval = p_approval and r.checker is null for no key update;
end $$;

create or replace function offline_sales.close_word(p_record bigint, p_checker bigint, p_released boolean) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update offline_sales.record r set checker = p_checker, released = p_released where r.id = p_record and r.checker is null
$$;

-- Nobody pays for it but who sold it.
create or replace function offline_sales.refuse(p_record bigint, p_reason text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update offline_sales.record r
  set decision = case r.decision when 'replayed' then 'replayed' else 'refused' end, reason = coalesce(p_reason, r.reason),
    bears = 'merchant', decided_at = platform.now()
  where r.id = p_record and r.bears is null
$$;

-- The house bears a sale that nobody else owes, up to what it bears for one terminal in a business day; beyond that the
-- merchant does. Gives back what was paid.
create or replace function offline_sales.bear(p_record bigint, p_credit bigint, p_reason text) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  r offline_sales.record;
  v_now timestamptz;
  v_paid bigint;
  v_entry bigint;
begin
  select * into strict r from offline_sales.record x where x.id = p_record;
  -- Whoever else bears something for this terminal waits.
  perform from offline_sales.chain c where c.terminal = r.terminal for no key update;
  v_now := platform.now();
  select least(r.amount, greatest(0, p.loss_a_day - coalesce((
    select sum(x.paid) from offline_sales.record x
    where x.terminal = r.terminal and platform.business_date(x.paid_at) = platform.business_date(v_now)
      and x.paid_at > v_now - interval '2 days'), 0)))
  into strict v_paid from offline_sales.policy p;
  if v_paid > 0 then
    v_entry := ledger.record('loss', array[ledger.open_account(0, 'offline-loss', null, false), p_credit],
      array[-v_paid, v_paid],
      jsonb_build_object('record', r.id::text, 'terminal', r.terminal::text, 'place', r.place::text,
        'shortNumber', r.short_number, 'occurredAt', r.occurred_at));
  end if;
  update offline_sales.record x
  set decision = case x.decision when 'replayed' then 'replayed' else 'refused' end, reason = coalesce(p_reason, x.reason),
    bears = case when v_paid > 0 then 'house' else 'merchant' end, paid = v_paid, entry = v_entry,
    paid_at = case when v_paid > 0 then v_now end, decided_at = v_now
  where x.id = p_record and x.bears is null;
  return v_paid;
end $$;
