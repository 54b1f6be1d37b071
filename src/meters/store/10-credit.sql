-- Changes a meter's credit and writes the line of its statement that says why, as one. The meter is locked by the caller.
-- Whoever has enough again may be warned again.
create or replace function meters.move(p_meter bigint, p_line meters.movement) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_credit bigint;
begin
  update meters.meter x set credit = x.credit + p_line.amount,
    warned = x.warned and x.credit + p_line.amount < x.warn_below
  where x.id = p_meter returning x.credit into strict v_credit;
  insert into meters.movement (meter, kind, amount, credit, purchase, reading, ticket)
  values (p_meter, p_line.kind, p_line.amount, v_credit, p_line.purchase, p_line.reading, p_line.ticket);
  return v_credit;
end $$;

create or replace function meters.tell(
  p_type text, p meters.purchase, p_cardholder bigint, p_amount bigint, p_credit bigint
) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into platform.outbox (type, payload)
  select p_type, jsonb_build_object('meter', m.id::text, 'room', m.room::text, 'payment', p.payment::text,
    'cardholder', p_cardholder::text, 'amount', p_amount, 'credit', p_credit)
  from meters.meter m where m.id = p.meter
$$;

-- Keeps an order of credit before its sale. Known is the same order again; reused, another thing under this number.
create or replace function meters.order_credit(p_order uuid, p_terminal bigint, p_meter bigint, p_cardholder bigint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  p meters.purchase;
begin
  insert into meters.purchase (order_no, terminal, meter, cardholder) values (p_order, p_terminal, p_meter, p_cardholder)
  on conflict on constraint purchase_order_once do nothing returning * into p;
  if found then return 'ordered'; end if;
  select * into strict p from meters.purchase x where x.order_no = p_order and x.terminal = p_terminal;
  return case when p.meter = p_meter and (p.cardholder is null or p.cardholder = p_cardholder) then 'known' else 'reused' end;
end $$;

-- Delivers what a payment bought, once: its order gets the payment, the meter the credit. Nothing for a payment that has
-- no order, is not paid, was given back meanwhile, or is not its buyer's.
create or replace function meters.deliver(p_payment bigint) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  b payments.payment;
  p meters.purchase;
  v_credit bigint;
begin
  select * into b from payments.payment x where x.id = p_payment;
  select * into p from meters.purchase x where x.order_no = b.order_no and x.terminal = b.terminal;
  if p.id is null or b.verdict <> 'approved' or b.captured = b.returned then return; end if;
  perform from meters.meter x where x.id = p.meter for update;
  -- Only now: whoever delivered meanwhile held the meter.
  update meters.purchase x set payment = b.id, payment_decided_at = b.decided_at, delivered_at = platform.now(),
    credited = b.captured
  where x.id = p.id and x.payment is null and coalesce(x.cardholder = b.cardholder, true)
    and exists (select from meters.meter m where m.id = x.meter and m.place = b.place)
  returning * into p;
  if not found then return; end if;
  v_credit := meters.move(p.meter, jsonb_populate_record(null::meters.movement,
    jsonb_build_object('kind', 'purchase', 'amount', p.credited, 'purchase', p.id)));
  perform meters.tell('credit.added', p, b.cardholder, p.credited, v_credit);
  perform meters.take_back(p_payment);
  perform meters.issue_ticket(p.meter);
end $$;

-- Takes the credit back of what was given back of its payment, as far as it is unused; what was used already, the office
-- hears of.
create or replace function meters.take_back(p_payment bigint) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  b payments.payment;
  p meters.purchase;
  v_owed bigint; v_back bigint; v_credit bigint;
begin
  select * into p from meters.purchase x where x.payment = p_payment;
  if not found then return; end if;
  select x.credit into strict v_credit from meters.meter x where x.id = p.meter for update;
  select * into strict p from meters.purchase x where x.id = p.id;
  select * into strict b from payments.payment x where x.id = p.payment and x.decided_at = p.payment_decided_at;
  v_owed := b.returned - p.taken_back - p.lost;
  if v_owed <= 0 then return; end if;
  v_back := least(v_owed, greatest(v_credit, 0));
  update meters.purchase x set taken_back = x.taken_back + v_back, lost = x.lost + v_owed - v_back where x.id = p.id;
  if v_back > 0 then
    v_credit := meters.move(p.meter, jsonb_populate_record(null::meters.movement,
      jsonb_build_object('kind', 'take_back', 'amount', -v_back, 'purchase', p.id)));
    perform meters.tell('credit.taken_back', p, b.cardholder, v_back, v_credit);
  end if;
  if v_back < v_owed then
    insert into meters.incident (kind, meter, purchase, value) values ('paid_back_after_use', p.meter, p.id, v_owed - v_back);
  end if;
end $$;
