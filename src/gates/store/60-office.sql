-- Sets a gate and its rules as one: what is not in the list is gone. Visits that have begun keep what they began with.
create or replace function gates.set_gate(p_gate jsonb, p_rules jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  g gates.gate := jsonb_populate_record(null::gates.gate, p_gate);
begin
  insert into gates.gate as x (place, passback, passback_minutes, capacity, opens, closes, has_sensor, forgotten_amount)
  values (g.place, g.passback, g.passback_minutes, g.capacity, g.opens, g.closes, g.has_sensor, g.forgotten_amount)
  on conflict on constraint gate_pkey do update set passback = g.passback, passback_minutes = g.passback_minutes,
    capacity = g.capacity, opens = g.opens, closes = g.closes, has_sensor = g.has_sensor, forgotten_amount = g.forgotten_amount;
  delete from gates.rule x where x.place = g.place;
  insert into gates.rule (place, group_code, from_time, until_time, charge, amount, minute_price)
  select g.place, r.group_code, r.from_time, r.until_time, r.charge, r.amount, r.minute_price
  from jsonb_populate_recordset(null::gates.rule, p_rules) r;
end $$;

-- Gives a card a pass. What it was bought with is one captured sale of the card itself at one of the merchants of its places,
-- nothing of it given back, and pays for one pass only. Null: the sale is none of that kind.
create or replace function gates.give_pass(p_pass jsonb) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  n gates.pass := jsonb_populate_record(null::gates.pass, p_pass);
  v_id bigint;
begin
  perform cards.lock(array[n.card]);
  if n.payment is not null then
    select y.decided_at into n.payment_decided_at from payments.payment y
    where y.id = n.payment and y.card = n.card and y.state = 'captured' and y.returned = 0
      -- Of what is older, nobody knows any more whether it was somebody's entry.
      and y.decided_at > platform.now() - (select make_interval(days => r.keep_days) from gates.retention r)
      and not exists (select from gates.pass x where x.payment = y.id)
      and not exists (select from gates.visit x where x.payment = y.id)
      and y.merchant in (select p.merchant from places.place p where p.id = any (n.places));
    if not found then return null; end if;
  end if;
  insert into gates.pass (card, cardholder, places, first_day, last_day, from_time, until_time, uses, payment,
    payment_decided_at, given_by)
  values (n.card, n.cardholder, n.places, n.first_day, n.last_day, n.from_time, n.until_time, n.uses, n.payment,
    n.payment_decided_at, n.given_by)
  returning id into v_id;
  return v_id;
end $$;

-- Ends a pass; who is inside by it stays inside.
create or replace function gates.end_pass(p_pass bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update gates.pass x set ended_at = platform.now() where x.id = p_pass and x.ended_at is null;
  return found;
end $$;

-- How many are inside each place with a gate now, and whether it is open.
create or replace function gates.occupancies()
returns table (place bigint, inside int, capacity int, opens time, closes time, is_open boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select g.place, (select count(*)::int from gates.visit v where v.place = g.place and v.ended_at is null
      and v.state = 'inside' and v.closes_at > t.now), g.capacity, g.opens, g.closes,
    t.local >= g.opens and t.local < g.closes
  from gates.gate g
  cross join (select platform.now() as now, (platform.now() at time zone c.time_zone)::time as local from platform.campus c) t
  order by g.place
$$;
