-- Whether somebody may come in, and by what: the code's right to open gates, hours, group, place left, whoever is inside
-- already, and what the card itself says. Null where they may.
create or replace function gates.refuse_entry(s gates.scan, g gates.gate, p_rule gates.rule, p_now timestamptz, p_time time) returns text
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  o gates.visit;
begin
  if s.opens_gates is false then return 'not_for_gates'; end if;
  if p_time < g.opens or p_time >= g.closes then return 'outside_hours'; end if;
  if p_rule.place is null then return 'group_not_allowed'; end if;
  select * into o from gates.visit x where x.card = s.card and x.place = s.place and x.ended_at is null;
  if o.state = 'awaited' or o.state = 'inside' and (g.passback = 'hard'
    or g.passback = 'timed' and p_now < o.entered_at + make_interval(mins => g.passback_minutes)) then
    return 'already_inside';
  end if;
  if g.capacity is not null then
    -- The last place goes to one of two gates. Always after the card and before the purses.
    perform from gates.gate x where x.place = s.place for no key update;
    if (select count(*) from gates.visit x where x.place = s.place and x.ended_at is null and x.closes_at > p_now
        and (x.state = 'inside' or x.expires_at > p_now) and x.card <> s.card) >= g.capacity then
      return 'place_full';
    end if;
  end if;
  return cards.refuse_at(s.card, s.place, p_now);
end $$;

-- The pass that lets a card in now: the one that ends first. One whose sale was given back, even in part, lets nobody in.
create or replace function gates.find_pass(p_card bigint, p_place bigint, p_day date, p_time time) returns bigint
language sql stable
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  select x.id from gates.pass x
  left join lateral (
    select y.returned from payments.payment y where y.id = x.payment and y.decided_at = x.payment_decided_at limit 1
  ) y on true
  where x.card = p_card and x.last_day >= p_day and x.first_day <= p_day and p_place = any (x.places)
    and p_time >= x.from_time and p_time < x.until_time and (x.uses is null or x.used < x.uses) and x.ended_at is null
    and (x.payment is null or y.returned = 0)
  order by x.last_day, x.id limit 1
$$;

-- Decides an entry. Free or by a pass, the code is used up here; where it costs something, by the sale, which holds the
-- money until somebody has passed or left. The card is locked by the caller.
create or replace function gates.enter(s gates.scan, g gates.gate, p_now timestamptz) returns gates.passage
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  p gates.passage;
  r gates.rule;
  a payments.answer;
  v_zone text; v_local timestamp; v_closes timestamptz; v_pass bigint; v_visit bigint; v_cardholder bigint; v_status text;
  v_charge text; v_expires timestamptz := p_now + interval '8 seconds';
begin
  select c.time_zone into strict v_zone from platform.campus c;
  v_local := p_now at time zone v_zone;
  v_closes := (v_local::date + g.closes) at time zone v_zone;
  select c.cardholder, c.status into v_cardholder, v_status from cards.card c where c.id = s.card;
  select * into r from gates.rule x where x.place = s.place and x.group_code = s.group_code
    and x.from_time <= v_local::time and x.until_time > v_local::time;
  p.reason := gates.refuse_entry(s, g, r, p_now, v_local::time);
  if p.reason is null and r.charge <> 'free' then v_pass := gates.find_pass(s.card, s.place, v_local::date, v_local::time); end if;
  v_charge := case when v_pass is not null then 'pass' else r.charge end;
  if p.reason is not null or v_charge in ('free', 'pass') then
    p.reason := coalesce(gates.use_code(s, p_now), case when v_status <> 'active' then 'card_' || v_status end, p.reason);
  else
    a := gates.sell_entry(s, r.amount,
      case v_charge when 'entry' then 600 else 43200 + extract(epoch from v_closes - p_now)::int end);
    if a.verdict = 'pending' then
      -- Nobody stands at a gate and waits for a phone.
      perform payments.reverse(s.terminal, s.order_no, 'device', interval '72 hours');
      p.reason := 'confirmation_needed';
    else p.reason := a.reason; end if;
  end if;
  p.verdict := case when p.reason is null then 'approved' else 'declined' end;
  if p.reason is not null then return p; end if;

  for v_visit in select x.id from gates.visit x where x.card = s.card and x.place = s.place and x.ended_at is null loop
    perform gates.note('entered_again', x) from gates.visit x where x.id = v_visit;
    perform gates.end_visit(v_visit, 'again', x.forgotten_amount) from gates.visit x where x.id = v_visit;
  end loop;
  if v_pass is not null then update gates.pass x set used = x.used + 1 where x.id = v_pass; end if;
  p.amount := case when v_charge in ('entry', 'time') then r.amount else 0 end;
  p.expires_at := v_expires;
  insert into gates.visit (place, merchant, card, cardholder, state, charge, pass, payment, payment_decided_at, terminal,
    order_no, amount, minute_price, forgotten_amount, entered_at, expires_at, closes_at)
  values (s.place, s.merchant, s.card, v_cardholder, 'awaited', v_charge, v_pass, a.payment, a.decided_at, s.terminal,
    s.order_no, p.amount, case when v_charge = 'time' then r.minute_price end,
    case when v_charge = 'time' then least(r.amount, g.forgotten_amount) else 0 end, platform.now(), v_expires, v_closes)
  returning id into p.visit;
  return p;
end $$;
