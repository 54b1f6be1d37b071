-- A phone's codes and certificates end with the phone, from the commit on. The card is locked by the caller.
drop function if exists payment_codes.close_credential(bigint);
drop function if exists payment_codes.renew_credential(bigint, timestamptz);
create or replace function payment_codes.close_phone(p_credential bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update payment_codes.credential c
  set status = 'closed', closed_at = platform.now(), xid = pg_current_xact_id(), sealed_previous = null,
    previous_alias_seconds = null
  where c.id = p_credential and c.status = 'active';
  select payment_codes.hotlist_credentials(array[p_credential], 'phone_closed')
$$;

-- A phone that talked to the service may go on making codes until the time given.
create or replace function payment_codes.renew_phone(
  p_credential bigint, p_usable_until timestamptz, p_sign_in bigint
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update payment_codes.credential c
  set synchronised_at = platform.now(), usable_until = p_usable_until, sign_in = coalesce(p_sign_in, c.sign_in)
  where c.id = p_credential and c.status = 'active'
$$;

-- Moves a phone on to a new seed, and keeps the one before until the phone has shown that it has the new one. Whoever
-- asked under a seed holds that one. The card is locked by the caller.
create or replace function payment_codes.move_on(
  p_credential bigint, p_generation int, p_alias_seconds int, p_wrapping_key text, p_sealed_seed bytea,
  p_sealed_previous bytea, p_sealed_random bytea, p_device_random bytea, p_first_step bigint
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update payment_codes.credential c
  set generation = p_generation, proven_generation = p_generation - 1,
    previous_alias_seconds = case when c.generation = p_generation then c.previous_alias_seconds else c.alias_seconds end,
    alias_seconds = p_alias_seconds, wrapping_key = p_wrapping_key, sealed_seed = p_sealed_seed,
    sealed_previous = p_sealed_previous, sealed_random = p_sealed_random, device_random = p_device_random,
    first_step = p_first_step, xid = pg_current_xact_id()
  where c.id = p_credential and c.status = 'active'
$$;

-- Forgets the seeds that no phone may use any more; the indexes hear of it.
create or replace function payment_codes.forget_seeds() returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_count int;
begin
  update payment_codes.credential c
  set sealed_previous = null, previous_alias_seconds = null, xid = pg_current_xact_id()
  from (
    -- Whoever pays just now is left for the next turn.
    select x.id from payment_codes.credential x
    where x.sealed_previous is not null and x.proven_generation = x.generation
    order by x.id limit 1000 for update skip locked
  ) old
  where c.id = old.id;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
