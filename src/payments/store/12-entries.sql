-- What a payment moved in the books, in its order: the entry of its sale, or of each capture, and of what was given back.
create or replace function payments.entries_of(p_payment bigint) returns table (entry bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select x.entry
  from (
    select p.entry, p.decided_at as at from payments.payment p where p.id = p_payment and p.hold is null
    union all
    select c.entry, c.captured_at from payments.capture c where c.payment = p_payment
    union all
    select r.entry, r.reversed_at from payments.reversal r where r.payment = p_payment
    union all
    select r.entry, r.refunded_at from payments.refund r where r.payment = p_payment
  ) x
  where x.entry is not null
  order by x.at, x.entry
$$;
