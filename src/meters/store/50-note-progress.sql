-- What a device says of its session, once for each number: how much was used so far. A programme is paid when it has begun,
-- everything else at the end; the last word ends the session. What comes after the end changes nothing and is kept for the
-- office. Outcomes: noted, late; reused, unknown, not_begun, out_of_order, fell, terminal_revoked.
create or replace function meters.note_progress(
  p_terminal bigint, p_generation int, p_order uuid, p_progress uuid, p_sequence int, p_reading bigint, p_final boolean,
  p_occurred_at timestamptz, p_key text, p_base bytea, p_signature bytea, p_body bytea
) returns text
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  s meters.session;
  n meters.progress;
  p payments.payment;
  v_now timestamptz;
  v_price bigint;
begin
  if not terminals.stays_in_service(p_terminal, p_generation) then return 'terminal_revoked'; end if;
  select * into s from meters.session x where x.order_no = p_order and x.terminal = p_terminal;
  if not found then return 'unknown'; end if;
  perform cards.lock(array[s.card]);
  select * into strict s from meters.session x where x.id = s.id for no key update;
  select * into n from meters.progress x where x.progress_no = p_progress and x.terminal = p_terminal;
  if found then
    return case when (n.session, n.sequence, n.reading, n.final) = (s.id, p_sequence, p_reading, p_final)
      then case when n.late then 'late' else 'noted' end else 'reused' end;
  end if;

  v_now := platform.now();
  select * into strict p from payments.payment x where x.id = s.payment and x.decided_at = s.payment_decided_at;
  if p.verdict = 'pending' then return 'not_begun'; end if;
  if s.ended_at is null and (meters.is_over(s) or s.expires_at <= v_now) then
    perform meters.end_session(s.id, 'expired');
    select * into strict s from meters.session x where x.id = s.id;
  end if;
  v_price := meters.price(s, p_reading);
  if s.ended_at is not null then
    insert into meters.progress (progress_no, terminal, session, sequence, reading, final, late, occurred_at, noted_at)
    values (p_progress, p_terminal, s.id, p_sequence, p_reading, p_final, true, p_occurred_at, v_now);
    if p_reading > s.last_reading and s.end_reason <> 'declined' then
      perform meters.alarm('late_progress', s, p_reading, greatest(0, v_price - s.charged));
    end if;
    return 'late';
  elsif p_sequence <= s.last_sequence then
    return 'out_of_order';
  elsif p_reading < s.last_reading then
    perform meters.alarm('reading_fell', s, p_reading, 0);
    return 'fell';
  end if;

  insert into meters.progress (progress_no, terminal, session, sequence, reading, final, late, occurred_at, noted_at)
  values (p_progress, p_terminal, s.id, p_sequence, p_reading, p_final, false, p_occurred_at, v_now);
  update meters.session x
  set last_progress = p_progress, last_sequence = p_sequence, last_reading = p_reading, reported_at = v_now,
    last_key = p_key, last_base = p_base, last_signature = p_signature, last_body = p_body
  where x.id = s.id returning * into strict s;
  if v_price > s.amount then perform meters.alarm('over_hold', s, p_reading, v_price - s.amount); end if;
  if p_final then
    perform meters.end_session(s.id, 'final');
  else
    if s.programme is not null and p_reading > 0 and p.state = 'held' then
      perform from payments.capture(s.terminal, s.order_no, p_progress, s.amount - p.captured, true,
        ledger.account_of(s.merchant, 'merchant'));
    end if;
    perform meters.say('session.progressed', s);
  end if;
  return 'noted';
end $$;
