-- What a session costs by a reading, in thousandths of its unit: a programme costs its price from the moment it has begun,
-- everything else the units that were used, begun fen given to the student. Whether it is more than what is held, others ask.
create or replace function meters.price(s meters.session, p_reading bigint) returns bigint
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when s.programme is not null then case when p_reading > 0 then s.amount else 0 end
              else div(p_reading::numeric * s.unit_price, 1000)::bigint end
$$;

-- Tells the office of a device, once for each session and kind.
create or replace function meters.alarm(p_kind text, s meters.session, p_reading bigint, p_amount bigint) returns void
language plpgsql volatile
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  if not exists (select from meters.device_alarm x where x.session = s.id and x.kind = p_kind) then
    insert into meters.device_alarm (kind, terminal, session, reading, amount)
    values (p_kind, s.terminal, s.id, p_reading, p_amount);
  end if;
end $$;

-- Whether the sale that holds its money ended by another way: declined, taken back, or released.
create or replace function meters.is_over(s meters.session) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select x.state in ('declined', 'reversed', 'released') from payments.payment x
  where x.id = s.payment and x.decided_at = s.payment_decided_at
$$;

create or replace function meters.say(p_type text, s meters.session) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into platform.outbox (type, payload) values (p_type, jsonb_build_object('session', s.id::text, 'place', s.place::text,
    'payment', s.payment::text, 'card', s.card::text, 'cardholder', s.cardholder::text, 'amount', coalesce(s.charged, 0),
    'reason', s.end_reason))
$$;

-- Ends a session, once: what the last reading says is taken out of the hold under that report's own number, and the rest is
-- free again. Nobody said a word: nothing is charged, and the office hears of the device. A sale that was taken back or never
-- begun costs nothing. Card and session are locked by the caller.
create or replace function meters.end_session(p_session bigint, p_reason text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  s meters.session;
  p payments.payment;
  v_price bigint;
begin
  select * into strict s from meters.session x where x.id = p_session;
  if s.ended_at is not null then return; end if;
  select * into strict p from payments.payment x where x.id = s.payment and x.decided_at = s.payment_decided_at;
  s.end_reason := case when p.state = 'declined' or p.verdict = 'pending' then 'declined'
    when p.state = 'reversed' or exists (select from payments.reversal r where r.payment = p.id) then 'taken_back'
    else p_reason end;
  v_price := least(s.amount, meters.price(s, s.last_reading));
  if p.state = 'held' and s.end_reason = p_reason then
    perform from payments.capture(s.terminal, s.order_no, coalesce(s.last_progress, gen_random_uuid()),
      greatest(0, v_price - p.captured), true, ledger.account_of(s.merchant, 'merchant'));
    select x.captured into strict p.captured from payments.payment x where x.id = p.id and x.decided_at = p.decided_at;
  end if;
  s.charged := case s.end_reason when p_reason then p.captured else 0 end;
  if s.end_reason = p_reason and s.charged < v_price then
    perform meters.alarm('hold_lost', s, s.last_reading, v_price - s.charged);
  end if;
  if s.last_progress is null and s.end_reason in ('expired', 'office') then
    perform meters.alarm('silent', s, 0, 0);
  end if;
  update meters.session x set ended_at = platform.now(), end_reason = s.end_reason, charged = s.charged where x.id = s.id;
  perform meters.say('session.ended', s);
end $$;
