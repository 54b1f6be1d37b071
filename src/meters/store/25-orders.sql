-- A terminal orders credit for a meter of its own place alone, while it is in service. Outcomes: ordered, known, reused,
-- unknown, terminal_revoked.
create or replace function meters.order_for_terminal(
  p_terminal bigint, p_generation int, p_place bigint, p_order uuid, p_device bigint
) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_meter bigint;
begin
  if not terminals.stays_in_service(p_terminal, p_generation) then return 'terminal_revoked'; end if;
  select x.id into v_meter from meters.meter x where x.device = p_device and x.place = p_place;
  if not found then return 'unknown'; end if;
  return meters.order_credit(p_order, p_terminal, v_meter, null);
end $$;

-- Delivers what was paid and not delivered within a minute, of the last three days: an event that was set aside, or an
-- order that came after its sale, costs nobody their credit.
create or replace function meters.deliver_late() returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v_payment bigint;
  v_count int := 0;
begin
  for v_payment in
    select k.payment from (
      select * from meters.purchase x where x.payment is null and x.ordered_at <= platform.now() - interval '1 minute'
        and x.ordered_at > platform.now() - interval '3 days' order by x.ordered_at desc limit 500) o
    cross join lateral (
      select n.payment from payments.order_number n where n.order_no = o.order_no and n.terminal = o.terminal limit 1) k
    where k.payment is not null order by o.meter
  loop
    perform meters.deliver(v_payment);
    if exists (select from meters.purchase x where x.payment = v_payment) then v_count := v_count + 1; end if;
  end loop;
  return v_count;
end $$;
