-- Decides an exit. Nobody is kept inside: without a visit, or by a code that is nobody's, the gate opens all the same and
-- the office hears of it; only where whoever is inside twice is refused hard, it stays shut. What a visit by time costs
-- is what it lasted until this scan. The card is locked by the caller.
create or replace function gates.leave(s gates.scan, g gates.gate, p_now timestamptz) returns gates.passage
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  p gates.passage;
  v gates.visit;
begin
  p.reason := gates.use_code(s, p_now);
  if p.reason is null then
    select * into v from gates.visit x where x.card = s.card and x.place = s.place and x.state = 'inside' and x.ended_at is null;
    if v.id is null then p.reason := 'not_inside'; end if;
  end if;
  p.amount := 0;
  if p.reason is null then
    p.visit := v.id;
    p.amount := gates.price(v, p_now);
  elsif g.passback <> 'hard' then
    p.reason := null;
    insert into gates.incident (kind, place, card) values ('left_without_visit', s.place, s.card);
  end if;
  p.verdict := case when p.reason is null then 'approved' else 'declined' end;
  p.expires_at := case when p.reason is null then p_now + interval '8 seconds' end;
  return p;
end $$;

-- What became of this order number before: known, reused by another request, or reversed before it arrived. An order number
-- of a sale is none of a passage.
create or replace function gates.recall(p_terminal bigint, p_order uuid, p_hash bytea) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  p gates.passage;
begin
  select * into p from gates.passage x where x.order_no = p_order and x.terminal = p_terminal;
  if found then
    return case when p.hash is null then 'reversed' when p.hash = p_hash then 'known' else 'reused' end;
  end if;
  return (select case f.outcome when 'reversed' then 'reversed' else 'reused' end from payments.find(p_terminal, p_order) f);
end $$;

-- Decides one scan at a gate, once for its order number: entry or exit, with its visit and its money, in one transaction.
-- Outcomes: decided, known, reused, reversed, terminal_revoked, no_gate.
create or replace function gates.decide(p_scan jsonb, p_direction text) returns text
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  s gates.scan := jsonb_populate_record(null::gates.scan, p_scan);
  g gates.gate;
  p gates.passage;
  v_now timestamptz;
  v_outcome text;
begin
  if s.card is not null then perform cards.lock(array[s.card]); end if;
  v_now := platform.now();
  select r.reason into v_outcome from terminals.refusals(array[s.terminal], array[s.generation]) r;
  v_outcome := coalesce(v_outcome, gates.recall(s.terminal, s.order_no, decode(s.hash, 'hex')));
  if v_outcome is not null then return v_outcome; end if;
  select * into g from gates.gate x where x.place = s.place;
  if not found then return 'no_gate'; end if;
  if s.card is not null then perform gates.tidy(s.card, v_now); end if;
  if p_direction = 'exit' then
    p := gates.leave(s, g, v_now);
  elsif s.card is null then
    p.verdict := 'declined'; p.reason := 'code_invalid'; p.amount := 0;
  else
    p := gates.enter(s, g, v_now);
  end if;
  insert into gates.passage (order_no, terminal, hash, sequence, short_number, place, direction, verdict, reason, state, card,
    credential, certificate, counter, payer, visit, amount, occurred_at, expires_at, decided_at)
  values (s.order_no, s.terminal, decode(s.hash, 'hex'), s.sequence, s.short_number, s.place, p_direction, p.verdict, p.reason,
    case p.verdict when 'approved' then 'authorized' else 'declined' end, s.card, s.credential,
    (select c.certificate from payment_codes.certificates_of(array[decode(s.reference, 'hex')]) c), s.counter, s.payer,
    p.visit, coalesce(p.amount, 0), s.occurred_at, p.expires_at, v_now);
  perform payments.note_sequence(s.terminal, s.order_no, s.sequence, s.occurred_at, v_now);
  if s.guessed is not null then
    perform payment_codes.count_failures(array[s.guessed], array[s.terminal], array[null]::text[], v_now);
  end if;
  if p.verdict = 'approved' and not g.has_sensor then perform gates.settle(s.terminal, s.order_no, true); end if;
  return 'decided';
end $$;
