-- Undoes a whole sale, whatever became of it: unknown → barred for ever; held → released; captured → returned to its
-- purses and the rest released; refunded in part → what remains; a decline needs nothing. Twice is once. Its code stays
-- burnt. A pending sale is withdrawn. Outcomes: never_seen, released, reversed, already_reversed, was_declined, too_late.
create or replace function payments.reverse(
  p_terminal bigint, p_order uuid, p_reason text, p_window interval
) returns table (outcome text, returned bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  k payments.order_number;
  p payments.payment;
  v_entry bigint; v_last_entry bigint;
  v_about jsonb;
  v_freed bigint := 0;
  v_returned bigint := 0;
begin
  -- Waits for a sale that is being decided right now; whoever commits first, the other sees it.
  insert into payments.order_number (order_no, terminal, decided_at) values (p_order, p_terminal, platform.now())
  on conflict do nothing;
  if found then
    perform payments.note_sequence(p_terminal, p_order, null, null, platform.now());
    return query select 'never_seen', 0::bigint;
    return;
  end if;
  select * into strict k from payments.order_number x where x.order_no = p_order and x.terminal = p_terminal;
  if k.payment is null then
    return query select 'never_seen', 0::bigint;
    return;
  end if;
  select * into strict p from payments.payment x where x.id = k.payment and x.decided_at = k.decided_at;
  perform cards.lock(array[p.card]);
  v_now := platform.now();
  select * into strict p from payments.payment x where x.id = k.payment and x.decided_at = k.decided_at;

  if exists (select from payments.reversal r where r.payment = p.id) then
    return query select 'already_reversed', r.returned from payments.reversal r where r.payment = p.id;
    return;
  elsif p.state = 'declined' then
    return query select 'was_declined', 0::bigint;
    return;
  elsif p.verdict = 'pending' then
    -- Withdrawn, or over before anybody said so.
    if payments.end_wait(p.id, 'withdrawn') = 'expired' then
      return query select 'was_declined', 0::bigint;
      return;
    end if;
    insert into payments.reversal (payment, reason, returned, reversed_at) values (p.id, p_reason, 0, v_now);
    return query select 'released', 0::bigint;
    return;
  elsif p.state = 'released' then
    return query select 'released', 0::bigint;
    return;
  elsif p.state = 'captured' and p.returned = p.captured then
    -- The office has refunded all of it.
    return query select 'already_reversed', p.returned;
    return;
  elsif v_now > p.decided_at + p_window or payments.is_settled(p.decided_at) then
    return query select 'too_late', 0::bigint;
    return;
  end if;

  if p.state = 'held' then
    perform ledger.release_hold(p.hold);
    -- What an expired hold had left may be free already; towards the limit it still counts.
    v_freed := p.amount - p.captured;
  end if;
  v_about := jsonb_build_object('payment', p.id::text, 'place', p.place::text, 'shortNumber', p.short_number);
  v_returned := p.captured - p.returned;
  if p.returned > 0 then
    v_last_entry := ledger.give_back(payments.entries_that_paid(p), p.returned, v_returned, 'reversal', v_about);
  else
    foreach v_entry in array coalesce(payments.entries_that_paid(p), '{}') loop
      v_last_entry := ledger.reverse(v_entry, 'reversal', v_about);
    end loop;
  end if;

  p.state := case when v_returned > 0 then 'reversed' else 'released' end;
  update payments.payment x set state = p.state, returned = p.captured
  where x.id = p.id and x.decided_at = p.decided_at;
  insert into payments.reversal (payment, reason, returned, entry, reversed_at)
  values (p.id, p_reason, v_returned, v_last_entry, v_now);
  perform cards.give_back(p.card, p.captured + v_freed, p.business_date, p.meal, true);
  insert into platform.outbox (type, payload)
  values ('payment.' || p.state,
    payments.event_of(p) || jsonb_build_object('amount', v_returned, 'released', v_freed, 'entry', v_last_entry::text,
      'by', case p_reason when 'void' then 'cashier' else 'terminal' end));
  return query select p.state, v_returned;
end $$;
