-- Captures part or all of a held payment, once for each capture number; a final capture gives the rest back and lowers
-- what the sale counted. Outcomes: captured, known, reused, unknown, not_held, expired, exceeds.
create or replace function payments.capture(
  p_terminal bigint, p_order uuid, p_capture uuid, p_amount bigint, p_final boolean, p_credit bigint
) returns table (outcome text, captured bigint, released bigint, state text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k payments.order_number;
  p payments.payment;
  c payments.capture;
  taken record;
begin
  select * into k from payments.order_number x where x.order_no = p_order and x.terminal = p_terminal;
  if k.payment is null then
    return query select 'unknown', 0::bigint, 0::bigint, null::text;
    return;
  end if;
  select * into p from payments.payment x where x.id = k.payment and x.decided_at = k.decided_at;
  perform cards.lock(array[p.card]);
  select * into p from payments.payment x where x.id = k.payment and x.decided_at = k.decided_at;

  select * into c from payments.capture x where x.capture_no = p_capture and x.terminal = p_terminal;
  if found then
    return query select
      case when (c.payment, c.amount, c.final) = (p.id, p_amount, p_final) then 'known' else 'reused' end,
      c.amount, c.released, c.state;
    return;
  elsif p.state <> 'held' or p.verdict = 'pending' then
    return query select case
        when p.hold_until > platform.now() or p.captured = p.amount
          or exists (select from payments.capture y where y.payment = p.id and y.final)
          or exists (select from payments.reversal r where r.payment = p.id) then 'not_held'
        when p.hold_until <= platform.now() then 'expired'
        else 'not_held'
      end, 0::bigint, 0::bigint, p.state;
    return;
  end if;

  select * into taken from ledger.capture(p.hold, p_amount, p_final, p_credit, 'capture',
    jsonb_build_object('payment', p.id::text, 'place', p.place::text, 'shortNumber', p.short_number));
  if taken.outcome <> 'captured' then
    return query select taken.outcome, 0::bigint, 0::bigint, p.state;
    return;
  end if;

  -- A hold that is used up has ended, whether the terminal said so or not.
  p.captured := p.captured + p_amount;
  p.state := case when p.captured = p.amount or (p_final and p.captured > 0) then 'captured'
                  when p_final then 'released' else 'held' end;
  update payments.payment x set captured = p.captured, state = p.state, entry = coalesce(x.entry, taken.entry)
  where x.id = p.id and x.decided_at = p.decided_at;
  insert into payments.capture (capture_no, terminal, payment, amount, final, released, state, entry, captured_at)
  values (p_capture, p_terminal, p.id, p_amount, p_final, taken.released, p.state, taken.entry, platform.now());
  perform cards.give_back(p.card, taken.released, p.business_date, p.meal, p.state = 'released');
  insert into platform.outbox (type, payload)
  values (case when p.state = 'released' then 'payment.released' else 'payment.captured' end,
    payments.event_of(p) || jsonb_build_object('amount', p_amount, 'entry', taken.entry::text,
      'released', taken.released, 'final', p.state <> 'held'));
  return query select 'captured', p_amount, taken.released, p.state;
end $$;
