-- What a phone bought at a kiosk, for whoever sells there: by its payment, the order number and what tells two orders
-- under one number apart. Nothing for any other payment.
create or replace function payments.purchase_of(p_payment bigint)
returns table (order_no uuid, hash bytea, place bigint, card bigint, cardholder bigint, amount bigint, verdict text,
  state text, returned bigint, decided_at timestamptz)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  select p.order_no, k.hash, p.place, p.card, p.cardholder, p.amount, p.verdict, p.state, p.returned, p.decided_at
  from payments.payment p
  join terminals.terminal t on t.id = p.terminal and t.kiosk
  join payments.order_number k on k.order_no = p.order_no and k.terminal = p.terminal
  where p.id = p_payment
$$;
