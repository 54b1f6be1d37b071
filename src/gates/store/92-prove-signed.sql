-- Codes that phones signed and gates scanned, against their certificates: none lets two people through.
create or replace function gates.prove_signed() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'every signed code that moved somebody through a gate was its card''s own, used up there, and moved nobody else',
    count(*)
  from (
    select p.*, count(*) over (partition by p.certificate, p.counter) as times
    from gates.passage p where p.certificate is not null and p.visit is not null
  ) p
  left join payment_codes.certificate c on c.id = p.certificate
  left join payment_codes.certificate_use u on u.certificate = p.certificate and u.counter = p.counter
  where p.times > 1 or (c.card, u.terminal) is distinct from (p.card, p.terminal)
$$;
