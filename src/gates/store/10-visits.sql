-- A visit costs what its rule said when it began, and never more than was held then.
create or replace function gates.price(v gates.visit, p_at timestamptz) returns bigint
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when v.charge = 'time' then
    least(v.amount, greatest(1, ceil(extract(epoch from p_at - v.entered_at) / 60))::bigint * v.minute_price) else 0 end
$$;

create or replace function gates.note(p_kind text, v gates.visit) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into gates.incident (kind, place, card, visit) values (p_kind, v.place, v.card, v.id)
$$;

-- Ends an open visit, once. By time, the amount is taken out of the hold and the rest is free again; one that never began
-- gives its money or its use of the pass back. A hold that is gone costs nobody anything and is noted. The card is locked
-- by the caller.
create or replace function gates.end_visit(p_visit bigint, p_reason text, p_amount bigint) returns void
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v gates.visit;
  v_outcome text;
  v_is_void boolean := p_reason in ('not_passed', 'lapsed');
  v_charged bigint := 0;
begin
  select * into strict v from gates.visit x where x.id = p_visit;
  if v.ended_at is not null then return; end if;
  if v_is_void then
    if v.payment is not null then perform payments.reverse(v.terminal, v.order_no, 'device', interval '72 hours'); end if;
    if v.pass is not null then update gates.pass x set used = x.used - 1 where x.id = v.pass; end if;
  elsif v.charge = 'time' and p_reason <> 'reversed' then
    select c.outcome into v_outcome from payments.capture(v.terminal, v.order_no, gen_random_uuid(), p_amount, true,
      ledger.account_of(v.merchant, 'merchant')) c;
    if v_outcome <> 'captured' then perform gates.note('hold_lost', v); end if;
  end if;
  if v.payment is not null then
    select x.captured into strict v_charged from payments.payment x where x.id = v.payment and x.decided_at = v.payment_decided_at;
  end if;
  if p_reason = 'forgotten' then perform gates.note('exit_forgotten', v); end if;
  update gates.visit x set state = case when v_is_void then 'void' else 'over' end, ended_at = platform.now(),
    end_reason = p_reason, charged = v_charged
  where x.id = v.id;
  insert into platform.outbox (type, payload) values ('visit.ended', jsonb_build_object('visit', v.id::text,
    'place', v.place::text, 'card', v.card::text, 'cardholder', v.cardholder::text, 'amount', v_charged, 'reason', p_reason));
end $$;

-- Brings a card's visits up to the clock: who did not pass in time is not inside, who did not leave before the place
-- closed is not inside any more, and a sale that was taken back lets nobody in. The card is locked by the caller.
create or replace function gates.tidy(p_card bigint, p_now timestamptz) returns void
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v gates.visit;
begin
  update gates.passage x set state = 'voided', lapsed = true
  where x.state = 'authorized' and x.expires_at <= p_now and x.card = p_card;
  for v in select * from gates.visit x where x.card = p_card and x.ended_at is null order by x.id loop
    if exists (select from payments.reversal r where r.payment = v.payment) then
      perform gates.end_visit(v.id, 'reversed', 0);
    elsif v.state = 'awaited' and v.expires_at <= p_now then
      perform gates.end_visit(v.id, 'lapsed', 0);
    elsif v.state = 'inside' and v.closes_at <= p_now then
      perform gates.end_visit(v.id, 'forgotten', v.forgotten_amount);
    end if;
  end loop;
end $$;
