-- Sales that a static credential paid, against the payments, the credentials and the bound of a day.
create or replace function payments.prove_static() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'every static sale is a payment of the card whose credential it was, and no phone''s', count(*)
  from payments.static_sale s
  left join payments.payment p on p.id = s.payment and p.decided_at = s.decided_at
  left join static_credentials.plastic c on c.id = s.plastic
  left join static_credentials.pin_check k on k.hash = s.pin_check
  where (p.card, p.business_date) is distinct from (s.card, s.business_date) or p.credential is not null
    or (s.instrument = 'plastic' and c.card is distinct from s.card)
    or (s.instrument = 'number_pin'
      and (k.card, k.terminal, k.order_no) is distinct from (s.card, p.terminal, p.order_no))
  union all
  select 'static credentials of a card never pay more than 500 yuan a day', count(*)
  from (select distinct s.card, s.business_date from payments.static_sale s) d
  where payments.static_spent(d.card, d.business_date) > 50000
$$;
