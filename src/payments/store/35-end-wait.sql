-- Ends what a pending sale waits for, once, by the word that was given or by the clock: confirmed, it is paid out of its
-- hold, or goes on as the hold of a device; by any other end its money is free again and nothing counts towards limits.
-- Whoever waited for too long is too late: then it ends as expired. A confirmed sale is judged again by what may have
-- happened since: a card that was frozen pays nothing, a terminal that was revoked gets nothing. The card is locked by the
-- caller. Gives back how it ended; null when it has ended before.
create or replace function payments.end_wait(p_payment bigint, p_outcome text) returns text
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_now timestamptz := platform.now();
  c payments.confirmation;
  p payments.payment;
  v_card text; v_terminal text;
  taken record;
begin
  select * into strict c from payments.confirmation x where x.payment = p_payment;
  if c.outcome is not null then return null; end if;
  select * into strict p from payments.payment x where x.id = c.payment and x.decided_at = c.decided_at;

  if c.expires_at <= v_now then
    c.outcome := 'expired';
  elsif p_outcome = 'confirmed' then
    select x.status into v_card from cards.card x where x.id = p.card;
    select x.status into v_terminal from terminals.terminal x where x.id = p.terminal;
    c.outcome := case when v_card <> 'active' then 'card_' || v_card when v_terminal <> 'active' then 'terminal_revoked'
                      else 'confirmed' end;
  else
    c.outcome := p_outcome;
  end if;
  update payments.confirmation x set outcome = c.outcome, ended_at = v_now where x.payment = c.payment;

  if c.outcome <> 'confirmed' then
    perform ledger.release_hold(p.hold);
    p.verdict := 'declined';
    p.state := 'declined';
    p.reason := case when c.outcome in ('refused', 'expired', 'withdrawn') then 'confirmation_' || c.outcome else c.outcome end;
    update payments.payment x set verdict = p.verdict, reason = p.reason, state = p.state
    where x.id = p.id and x.decided_at = p.decided_at;
    perform cards.give_back(p.card, p.amount, p.business_date, p.meal, true);
    insert into platform.outbox (type, payload) values ('payment.declined', payments.event_of(p));
    return c.outcome;
  end if;

  insert into platform.outbox (type, payload) values ('payment.approved', payments.event_of(p));
  if p.hold_until > c.expires_at then
    update payments.payment x set verdict = 'approved' where x.id = p.id and x.decided_at = p.decided_at;
    return c.outcome;
  end if;
  select * into strict taken
  from ledger.capture(p.hold, p.amount, true, ledger.account_of(p.merchant, 'merchant'), 'capture',
    jsonb_build_object('payment', p.id::text, 'place', p.place::text, 'shortNumber', p.short_number));
  if taken.outcome <> 'captured' then
    raise exception 'the hold of a pending sale is %', taken.outcome;
  end if;
  p.state := 'captured'; p.entry := taken.entry;
  update payments.payment x set verdict = 'approved', state = p.state, captured = p.amount, entry = p.entry
  where x.id = p.id and x.decided_at = p.decided_at;
  -- Its number is the sale's own: the terminal knows no other.
  insert into payments.capture (capture_no, terminal, payment, amount, final, released, state, entry, captured_at)
  values (p.order_no, p.terminal, p.id, p.amount, true, 0, p.state, p.entry, v_now);
  insert into platform.outbox (type, payload)
  values ('payment.captured', payments.event_of(p) || jsonb_build_object('released', 0, 'final', true));
  return c.outcome;
end $$;
