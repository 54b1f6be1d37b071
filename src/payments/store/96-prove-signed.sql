-- Codes that phones signed, against the payments that they made.
create or replace function payments.prove_signed() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  -- A sale that was declined or taken back moved nothing: its code may still have paid for another.
  select 'a signed code pays once', count(*)
  from (
    select from payments.signed_sale s
    join payments.payment p on p.id = s.payment and p.decided_at = s.decided_at
    where p.verdict <> 'declined' and p.state not in ('reversed', 'released')
    group by s.certificate, s.counter, s.digest having count(*) > 1
  ) x
  union all
  select 'every signed sale is a payment by a certificate of its own card, and its code is used up', count(*)
  from payments.signed_sale s
  left join payments.payment p on p.id = s.payment and p.decided_at = s.decided_at
  left join payment_codes.certificate c on c.id = s.certificate
  where p.id is null or c.card is distinct from p.card or c.mark < s.counter
    or (s.offline and (p.credential, p.verdict) is distinct from (c.credential, 'approved'))
$$;
