-- Makes a payment of a sale that a terminal took without the service and nobody can take back: it draws on the purses by the
-- rule of its place and time, with what was set aside for the phone counted as cash, and what they lack the cardholder owes.
-- It belongs to the day on which it became known. Status and limits do not refuse it, but it counts towards them.
-- `captured`: within what was set aside; `posted`: beyond it; `owed`: beyond everything, which ends sales of the card's
-- phones without a network.
create or replace function payments.settle_offline(
  p_terminal bigint, p_order uuid, p_hash bytea, p_sequence bigint, p_short_number text, p_place bigint, p_merchant bigint,
  p_credit bigint, p_kinds text, p_card bigint, p_credential bigint, p_payer text, p_amount bigint,
  p_occurred_at timestamptz, p_certificate bigint, p_counter int, p_digest bytea
) returns table (payment bigint, decision text, owed bigint)
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_now timestamptz; v_day date; v_meal text;
  v_phone bigint[]; v_aside bigint[]; v_until timestamptz[];
  v_own bigint := 0;
  v_drawn record;
  p payments.payment;
begin
  perform cards.lock(array[p_card]);
  v_now := platform.now();
  v_day := platform.business_date(v_now);
  -- What was eaten at another meal is counted in none: its window is over.
  v_meal := places.meal_at(v_now);
  if platform.business_date(p_occurred_at) <> v_day or places.meal_at(p_occurred_at) is distinct from v_meal then
    v_meal := null;
  end if;

  select array_agg(l.credential), array_agg(l.amount), array_agg(l.ends_at),
    coalesce(sum(l.amount) filter (where l.credential = p_credential), 0)
  into v_phone, v_aside, v_until, v_own
  from payment_codes.lift_allowances(p_card) l;

  p.id := nextval('payments.payment_id');
  select * into strict v_drawn
  from ledger.draw_or_owe(p_card, p_kinds, p_amount, p_occurred_at, 'receivable', p_credit, 'sale',
    jsonb_build_object('payment', p.id::text, 'place', p_place::text, 'shortNumber', p_short_number));
  if v_drawn.owed > 0 then
    perform payment_codes.hotlist_credentials(
      array(select k.id from payment_codes.credential k where k.card = p_card), 'owed');
  else
    for i in 1 .. coalesce(cardinality(v_phone), 0) loop
      perform payment_codes.lay_allowance(
        v_phone[i], v_aside[i] - case when v_phone[i] = p_credential then p_amount else 0 end, v_until[i]);
    end loop;
  end if;

  insert into payments.payment (id, order_no, terminal, sequence, short_number, place, merchant, card, cardholder,
    credential, payer, amount, verdict, state, captured, entry, business_date, meal, occurred_at, decided_at)
  select p.id, p_order, p_terminal, p_sequence, p_short_number, p_place, p_merchant, p_card, c.cardholder, p_credential,
    p_payer, p_amount, 'approved', 'captured', p_amount, v_drawn.entry, v_day, v_meal, p_occurred_at, v_now
  from cards.card c where c.id = p_card
  returning * into strict p;
  insert into payments.order_number (order_no, terminal, hash, payment, decided_at)
  values (p_order, p_terminal, p_hash, p.id, v_now);
  perform payments.keep_signed(p.id, v_now, p_certificate, p_counter, p_digest, p_terminal, true);
  perform cards.count_spending(array[p_card], array[p_amount], v_day, v_meal, v_now);
  insert into platform.outbox (type, payload) values ('payment.approved', payments.event_of(p));
  return query select p.id,
    case when v_drawn.owed > 0 then 'owed' when p_amount <= v_own then 'captured' else 'posted' end, v_drawn.owed;
end $$;

-- Writes down which code paid, and uses it up.
create or replace function payments.keep_signed(
  p_payment bigint, p_decided_at timestamptz, p_certificate bigint, p_counter int, p_digest bytea, p_terminal bigint,
  p_offline boolean
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into payments.signed_sale (payment, decided_at, certificate, counter, digest, offline)
  values (p_payment, p_decided_at, p_certificate, p_counter, p_digest, p_offline);
  perform payment_codes.raise_certificate_marks(
    array[p_certificate], array[p_counter], array[p_digest], array[p_terminal], false);
end $$;
