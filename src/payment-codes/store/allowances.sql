-- Sets cash aside for what terminals without a network sell to a phone, anew and never in addition: at most what the campus
-- allows, and only what the card has beyond what stays free. Nothing is touched while it is as it would be, and nothing new
-- is set aside for a phone without certificates. It never takes money from its owner: it can be drawn by the owner's sales.
-- The card is locked by the caller; its accounts are locked here, in id order.
create or replace function payment_codes.renew_allowance(p_credential bigint)
returns table (amount bigint, ends_at timestamptz)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  p payment_codes.offline_policy;
  v_card bigint;
  v_cash bigint;
  v_free bigint;
  v_hold bigint;
  v_left bigint := 0;
  v_until timestamptz;
  v_ends timestamptz;
  v_most bigint;
begin
  select k.card into strict v_card from payment_codes.credential k where k.id = p_credential;
  select * into strict p from payment_codes.offline_policy;
  perform from (
    select a.id from ledger.account a where a.owner = v_card and a.guarded order by a.id for no key update
  ) locked;
  perform ledger.release_expired(array[v_card]);
  select a.id, a.balance - a.held into v_cash, v_free
  from ledger.account a where a.owner = v_card and a.kind = 'cash' and a.guarded;
  select w.hold, l.amount, w.ends_at into v_hold, v_left, v_until
  from payment_codes.allowance w
  join ledger.allowances_of(array[v_card]) l on l.hold = w.hold
  where w.credential = p_credential;
  v_left := coalesce(v_left, 0);

  select max(c.expires_at) + make_interval(hours => p.allowance_hours) into v_ends
  from payment_codes.live_certificates(p_credential) c;
  v_most := least(p.allowance_most, coalesce(v_free, 0) + v_left - p.allowance_spares);
  if v_most < p.allowance_least then v_most := 0; end if;

  -- Without certificates nothing new is sold, but what was sold is still on its way.
  if v_ends is not null and (v_left, v_until) is distinct from (v_most, v_ends) and (v_left > 0 or v_most > 0) then
    if v_hold is not null then perform ledger.release_hold(v_hold); end if;
    delete from payment_codes.allowance w where w.credential = p_credential;
    v_left := v_most;
    v_until := v_ends;
    if v_most > 0 then
      insert into payment_codes.allowance (credential, card, hold, amount, ends_at)
      values (p_credential, v_card, ledger.set_aside_allowance(v_cash, v_most, v_ends), v_most, v_ends);
    end if;
  end if;
  return query select v_left, case when v_left > 0 then v_until end;
end $$;

-- What is set aside for each card's phones, and what is left of it.
create or replace function payment_codes.allowance_of(p_cards bigint[])
returns table (card bigint, credential bigint, hold bigint, amount bigint, free bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  select l.owner, w.credential, w.hold, w.amount, l.amount
  from ledger.allowances_of(p_cards) l
  join payment_codes.allowance w on w.hold = l.hold
  where l.amount > 0 and l.expires_at > platform.now()
  order by l.owner, w.hold
$$;

-- Gives back what is set aside for a card's phones. The card is locked by the caller.
create or replace function payment_codes.end_allowances(p_card bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_hold bigint;
begin
  for v_hold in delete from payment_codes.allowance w where w.card = p_card returning w.hold loop
    perform ledger.release_hold(v_hold);
  end loop;
end $$;

-- Gives back what no sale without a network can claim any more, some at a time.
create or replace function payment_codes.end_expired_allowances(p_limit int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  w payment_codes.allowance;
  v_hold bigint;
  v_ended int := 0;
begin
  for w in
    select * from payment_codes.allowance x where x.ends_at <= platform.now() order by x.card, x.credential limit p_limit
  loop
    perform cards.lock(array[w.card]);
    delete from payment_codes.allowance x
    where x.credential = w.credential and x.ends_at <= platform.now() returning x.hold into v_hold;
    continue when not found;
    perform ledger.release_hold(v_hold);
    v_ended := v_ended + 1;
  end loop;
  return v_ended;
end $$;
