-- Warns of the end of the last key that signs, 30 days, 7 days and a day before, each once: without another key, phones get no
-- certificates then. Who is warned on time makes the next key; a key that another one outlives warns nobody.
create or replace function payment_codes.warn_of_issuer_keys() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_days int;
begin
  with last as (
    select k.key_id, k.not_after, k.warned_days from payment_codes.issuer_key k
    where k.retired_at is null and k.withdrawn_at is null
    order by k.not_after desc, k.key_id desc limit 1 for update
  ), due as (
    select l.key_id, min(d.days) as days
    from last l join unnest('{30,7,1}'::int[]) d (days) on l.not_after <= platform.now() + make_interval(days => d.days)
    group by l.key_id, l.warned_days having l.warned_days is null or min(d.days) < l.warned_days
  )
  update payment_codes.issuer_key k set warned_days = d.days from due d where k.key_id = d.key_id
  returning d.days into v_days;
  if v_days is not null then
    insert into payment_codes.alarm (kind) values ('issuer_key_ends');
  end if;
  return v_days;
end $$;
