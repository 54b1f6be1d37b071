-- One sale of a terminal as it stands, with its card locked until the caller's transaction ends; null when this number has none.
create or replace function payments.lock_sale(p_terminal bigint, p_order uuid) returns payments.payment
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  k payments.order_number;
  p payments.payment;
begin
  select * into k from payments.order_number x where x.order_no = p_order and x.terminal = p_terminal;
  if k.payment is null then return null; end if;
  select * into strict p from payments.payment x where x.id = k.payment and x.decided_at = k.decided_at;
  perform cards.lock(array[p.card]);
  select * into strict p from payments.payment x where x.id = k.payment and x.decided_at = k.decided_at;
  return p;
end $$;

-- Keeps a terminal's number from ever being that of a sale; false when it is known already.
create or replace function payments.bar_number(p_terminal bigint, p_order uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into payments.order_number (order_no, terminal, decided_at) values (p_order, p_terminal, platform.now())
  on conflict do nothing;
  return found;
end $$;
