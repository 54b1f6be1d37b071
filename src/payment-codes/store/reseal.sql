-- Puts secrets that were sealed anew in the place of the same ones sealed before. What changed meanwhile, or is in use by a
-- sale just now, is left for the next look. Indexes need not know: the seeds are what they were.
create or replace function payment_codes.reseal(
  p_credential bigint[], p_before bytea[], p_wrapping_key text, p_seed bytea[], p_previous bytea[], p_random bytea[]
) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_count int;
begin
  update payment_codes.credential c
  set wrapping_key = p_wrapping_key, sealed_seed = i.seed, sealed_previous = i.previous, sealed_random = i.random
  from (
    select k.id, k.sealed_seed from payment_codes.credential k where k.id = any (p_credential)
    order by k.id for update skip locked
  ) free
  join unnest(p_credential, p_before, p_seed, p_previous, p_random) i (credential, before, seed, previous, random)
    on i.credential = free.id and i.before = free.sealed_seed
  where c.id = free.id and (c.sealed_previous is null) = (i.previous is null);
  get diagnostics v_count = row_count;
  return v_count;
end $$;
