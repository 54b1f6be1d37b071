-- Offers a pass to phones. Null: the places have not all a gate.
create or replace function gates.offer_pass(p_offer jsonb) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  n gates.offer := jsonb_populate_record(null::gates.offer, p_offer);
begin
  if exists (select from unnest(n.places) w (place) where not exists (select from gates.gate g where g.place = w.place)) then
    return null;
  end if;
  insert into gates.offer (place, name_zh, name_en, places, groups, days, from_time, until_time, uses, amount, offered_by)
  values (n.place, n.name_zh, n.name_en, n.places, n.groups, n.days, n.from_time, n.until_time, n.uses, n.amount, n.offered_by)
  returning id into n.id;
  return n.id;
end $$;

-- Nobody orders it any more; passes that were bought stay good.
create or replace function gates.withdraw_offer(p_offer bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update gates.offer x set withdrawn_at = platform.now() where x.id = p_offer and x.withdrawn_at is null;
  return found;
end $$;

-- Keeps an order before it is paid. Outcomes: ordered; known: the very same was kept before; reused: another one was;
-- not_offered: not, not any more, or not to this group.
create or replace function gates.order_pass(
  p_order uuid, p_hash bytea, p_offer bigint, p_card bigint, p_cardholder bigint, p_group text
) returns text
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_hash bytea;
begin
  -- An offer that is being withdrawn is waited for.
  insert into gates.pass_order (order_no, hash, offer, card, cardholder, amount)
  select p_order, p_hash, x.id, p_card, p_cardholder, x.amount
  from (
    select * from gates.offer o where o.id = p_offer and o.withdrawn_at is null and p_group = any (o.groups) for key share
  ) x
  on conflict do nothing;
  if found then return 'ordered'; end if;
  select x.hash into v_hash from gates.pass_order x where x.order_no = p_order;
  return case when v_hash is null then 'not_offered' when v_hash = p_hash then 'known' else 'reused' end;
end $$;

-- Gives the pass that a payment bought, once; nothing for a payment that bought none.
create or replace function gates.deliver_pass(p_payment bigint) returns boolean
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  s record;
  o gates.pass_order;
  f gates.offer;
  v_day date;
begin
  select * into s from payments.purchase_of(p_payment);
  if s.order_no is null or s.verdict <> 'approved' then return false; end if;
  select * into o from gates.pass_order x where x.order_no = s.order_no and x.hash = s.hash for update;
  if o.order_no is null or o.pass is not null then return false; end if;
  select * into strict f from gates.offer x where x.id = o.offer;
  v_day := platform.business_date(s.decided_at);
  insert into gates.pass (card, cardholder, places, first_day, last_day, from_time, until_time, uses, payment, payment_decided_at)
  values (o.card, o.cardholder, f.places, v_day, v_day + f.days - 1, f.from_time, f.until_time, f.uses, p_payment, s.decided_at)
  returning id into o.pass;
  update gates.pass_order x set pass = o.pass where x.order_no = o.order_no;
  insert into platform.outbox (type, payload) values ('pass.bought', jsonb_build_object('pass', o.pass::text,
    'place', f.place::text, 'card', o.card::text, 'cardholder', o.cardholder::text));
  return true;
end $$;

-- Ends the pass whose sale was given back, even in part: it lets nobody in any more. Where it was used before, the office
-- hears of it: what was used stays used.
create or replace function gates.take_back_pass(p_payment bigint) returns boolean
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  s gates.pass;
begin
  update gates.pass x set ended_at = platform.now() where x.payment = p_payment and x.ended_at is null returning * into s;
  if s.id is null then return false; end if;
  if s.used > 0 then
    insert into gates.incident (kind, place, card) values ('pass_refunded_after_use', s.places[1], s.card);
  end if;
  insert into platform.outbox (type, payload) values ('pass.ended', jsonb_build_object('pass', s.id::text,
    'card', s.card::text, 'cardholder', s.cardholder::text));
  return true;
end $$;
