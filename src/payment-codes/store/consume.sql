-- Uses up each code: the credential's mark rises to its counter and never falls, so a code pays once and a newer one kills
-- every older one. A sale that is declined for another reason has burnt its code too. The card is locked by the caller.
create or replace function payment_codes.consume(p_credential bigint[], p_counter bigint[])
returns table (ord int, reason text)
language plpgsql
set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_now timestamptz := platform.now();
  v_step bigint := floor(extract(epoch from v_now) / 30)::bigint;
begin
  return query
  with item as materialized (
    select i.ord::int, i.credential, i.counter, c.status, c.usable_until, c.high_water
    from unnest(p_credential, p_counter) with ordinality i (credential, counter, ord)
    left join payment_codes.credential c on c.id = i.credential
  ), raised as (
    update payment_codes.credential c set high_water = i.counter
    from item i where c.id = i.credential and i.counter > c.high_water
      and abs(i.counter / 4 - v_step) <= 1
  )
  select ord, case
    when credential is null then null
    when status <> 'active' then 'credential_closed'
    when usable_until <= v_now then 'credential_expired'
    when abs(counter / 4 - v_step) > 1 then 'code_invalid'
    when counter <= high_water then 'code_used'
  end from item;
end $$;

-- Closes the phone that a card has, if any: its codes are refused from this commit on.
create or replace function payment_codes.close_credential(p_card bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_id bigint;
begin
  update payment_codes.credential c
  set status = 'closed', closed_at = platform.now(), xid = pg_current_xact_id()
  where c.card = p_card and c.status = 'active' returning c.id into v_id;
  return v_id;
end $$;

-- A phone that talked to the service may go on making codes until the time given.
create or replace function payment_codes.renew_credential(p_credential bigint, p_usable_until timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update payment_codes.credential c set synchronised_at = platform.now(), usable_until = p_usable_until
  where c.id = p_credential and c.status = 'active'
$$;
