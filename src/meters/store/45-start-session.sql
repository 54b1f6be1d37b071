-- Begins a session at a device: decides its sale, which holds the money, and writes the session down in the same transaction.
-- One device runs for one student at a time, and one card so many devices as the office allows; whoever has more is declined,
-- durably, like any sale. Outcomes: decided, known, reused, reversed, terminal_revoked; busy: the session before has not
-- ended; due: its time is over and nobody has ended it.
create or replace function meters.start_session(p_sale jsonb, p_session jsonb) returns text
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  n record;
  s meters.session := jsonb_populate_record(null::meters.session, p_session);
  o meters.session;
  a payments.answer;
  v_outcome text;
  v_refused text;
begin
  select * into strict n from jsonb_to_record(p_sale) as x (generation int, hash text, sequence bigint, short_number text,
    credit bigint, kinds text, hold_seconds int, credential bigint, counter bigint, code_generation int, payer text,
    occurred_at timestamptz, guessed text, refused text);
  if s.card is not null then perform cards.lock(array[s.card]); end if;
  select r.outcome into v_outcome
  from payments.recall_for_terminal(s.terminal, n.generation, s.order_no, decode(n.hash, 'hex')) r;
  if v_outcome is not null then return v_outcome; end if;

  s.began_at := platform.now();
  select * into o from meters.session x where x.terminal = s.terminal and x.ended_at is null;
  if found then return case when o.expires_at > s.began_at and not meters.is_over(o) then 'busy' else 'due' end; end if;
  v_refused := coalesce(n.refused, cards.refuse_at(s.card, s.place, s.began_at));
  if v_refused is null and (select count(*) from meters.session x where x.card = s.card and x.ended_at is null
      and x.expires_at > s.began_at) >= (select p.at_once from meters.session_policy p) then
    v_refused := 'too_many_sessions';
  end if;

  select * into strict a from payments.authorize(array[s.terminal], array[n.generation], array[s.order_no],
    array[decode(n.hash, 'hex')], array[n.sequence], array[n.short_number], array[s.place], array[s.merchant],
    array[n.credit], array[n.kinds], array[n.hold_seconds + 43200], array[s.card], array[n.credential], array[n.counter],
    array[n.payer], array[s.amount], array[n.occurred_at], array[v_refused], array[n.code_generation], array[n.guessed]);
  if a.outcome <> 'decided' or a.verdict = 'declined' then return a.outcome; end if;

  insert into meters.session (terminal, order_no, place, merchant, card, cardholder, payment, payment_decided_at, programme,
    programme_zh, programme_en, unit, unit_price, amount, began_at, expires_at)
  select s.terminal, s.order_no, s.place, s.merchant, s.card, c.cardholder, a.payment, a.decided_at, s.programme,
    s.programme_zh, s.programme_en, s.unit, s.unit_price, s.amount, a.decided_at, a.hold_until - interval '12 hours'
  from cards.card c where c.id = s.card
  returning * into strict s;
  perform meters.say('session.began', s);
  return a.outcome;
end $$;
