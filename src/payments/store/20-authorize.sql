-- Decides a batch of sales in one call, each by itself: an order number that was answered before gets its answer again; a
-- code is used up; card, limits and funds are judged under the card's lock; what is approved is posted, or held where
-- hold seconds are given or a word is awaited; and payment, order number and event are written. No card, no number is there twice.
create or replace function payments.authorize(
  p_terminal bigint[], p_generation int[], p_order uuid[], p_hash bytea[], p_sequence bigint[], p_short_number text[],
  p_place bigint[], p_merchant bigint[], p_credit bigint[], p_kinds text[], p_hold_seconds int[],
  p_card bigint[], p_credential bigint[], p_counter bigint[], p_payer text[], p_amount bigint[],
  p_occurred_at timestamptz[], p_refused text[], p_code_generation int[], p_guessed text[]
) returns setof payments.answer
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz; v_day date; v_meal text; v_era int := platform.current_era();
  -- All by position in the batch. An outcome is null while the sale is still to be decided.
  v_outcome text[]; v_payment bigint[]; v_asks boolean; v_awaits text[];
  v_card bigint[]; v_credential bigint[]; v_cardholder bigint[]; v_reason text[]; v_about jsonb[];
  v_credit bigint[]; v_until timestamptz[]; v_number bigint[];
begin
  perform cards.lock(p_card);
  -- Read under the locks: who waited for a card decides after whom it waited for, also across midnight.
  v_now := platform.now(); v_day := platform.business_date(v_now); v_meal := places.meal_at(v_now);

  select array_agg(r.reason order by r.ord) into v_outcome from terminals.refusals(p_terminal, p_generation) r;
  -- Each number by its own probe, and no other plan: a plan made while the table was empty would read all of it for ever.
  select array_agg(k.outcome order by k.ord), array_agg(case when k.outcome is null then p_card[k.ord] end order by k.ord),
         array_agg(case when k.outcome is null then p_credential[k.ord] end order by k.ord),
         array_agg(case when k.outcome is null then nextval('payments.payment_id') end order by k.ord)
  into v_outcome, v_card, v_credential, v_payment
  from (
    select i.ord, case when v_outcome[i.ord] is not null then v_outcome[i.ord] when x.order_no is null then null
                       when x.hash is null then 'reversed' when x.hash = p_hash[i.ord] then 'known' else 'reused' end as outcome
    from unnest(p_terminal, p_order) with ordinality i (terminal, order_no, ord)
    left join lateral (select * from payments.order_number x where x.order_no = i.order_no and x.terminal = i.terminal limit 1) x
      on true
  ) k;

  select array_agg(coalesce(p_refused[c.ord], c.reason) order by c.ord) into v_reason
  from payment_codes.consume(v_credential, p_counter, p_code_generation) c;
  select array_agg(coalesce(v_reason[s.ord], s.reason) order by s.ord), array_agg(s.cardholder order by s.ord), bool_or(s.asks)
  into v_reason, v_cardholder, v_asks
  from cards.check_spending(v_card, p_amount, v_day, v_meal, v_now) s;
  if v_asks then v_awaits := payments.ask(p_terminal, p_place, v_card, p_credential, p_amount, v_reason, v_day, v_now); end if;

  select array_agg(case when v_reason[i] is null then v_card[i] end order by i),
         array_agg(case when p_hold_seconds[i] is null and v_awaits[i] is null then p_credit[i] end order by i),
         array_agg(case when v_awaits[i] is null then v_now + make_interval(secs => p_hold_seconds[i])
           else v_now + payments.wait_for(v_awaits[i]) + make_interval(secs => coalesce(p_hold_seconds[i], 0)) end order by i),
         array_agg(jsonb_object(array['place', p_place[i]::text, 'payment', v_payment[i]::text,
           'shortNumber', p_short_number[i]]) order by i)
  into v_card, v_credit, v_until, v_about
  from generate_subscripts(p_order, 1) i;

  select array_agg(d.number order by d.ord),
         array_agg(case when v_card[d.ord] is not null and d.number is null then 'insufficient_funds'
                        else v_reason[d.ord] end order by d.ord),
         array_agg(case when d.number is not null then v_card[d.ord] end order by d.ord)
  into v_number, v_reason, v_card
  from ledger.draw(v_card, p_kinds, p_amount, v_credit, v_until, array_fill('sale'::text, array[cardinality(p_order)]), v_about) d;
  if 'insufficient_funds' = any (v_reason) then
    select d.number, d.reason, d.card into v_number, v_reason, v_card
    from payments.draw_allowances(v_number, v_reason, v_card, p_card, p_kinds, p_amount, v_credit, v_until, v_about) d; end if;
  perform cards.count_spending(v_card, p_amount, v_day, v_meal, v_now);

  if array_length(array_remove(v_outcome, null), 1) > 0 then
    return query
    select i, v_outcome[i], v_now, f.payment, f.order_no, f.short_number, f.verdict, f.reason, f.state, f.amount, f.captured,
      f.payer, f.hold_until, f.decided_at, f.business_date
    from generate_subscripts(p_order, 1) i left join lateral payments.find(p_terminal[i], p_order[i]) f on true
    where v_outcome[i] is not null;
  end if;

  return query
  with decided as (
    insert into payments.payment (id, order_no, terminal, sequence, short_number, place, merchant, card, cardholder,
      credential, counter, payer, amount, verdict, reason, state, captured, entry, hold, hold_until, business_date,
      meal, occurred_at, decided_at)
    select v_payment[i], p_order[i], p_terminal[i], p_sequence[i], p_short_number[i], p_place[i], p_merchant[i],
      p_card[i], v_cardholder[i], p_credential[i], p_counter[i], p_payer[i], p_amount[i],
      case when v_reason[i] is not null then 'declined' when v_awaits[i] is not null then 'pending' else 'approved' end,
      v_reason[i], case when v_reason[i] is not null then 'declined' when v_credit[i] is null then 'held' else 'captured' end,
      case when v_reason[i] is null and v_credit[i] is not null then p_amount[i] else 0 end,
      case when v_credit[i] is not null then v_number[i] end, case when v_credit[i] is null then v_number[i] end,
      case when v_credit[i] is null and v_number[i] is not null then v_until[i] end,
      v_day, v_meal, p_occurred_at[i], v_now from generate_subscripts(p_order, 1) i where v_outcome[i] is null returning *
  ), numbered as (
    insert into payments.order_number (order_no, terminal, hash, payment, decided_at)
    select p_order[i], p_terminal[i], p_hash[i], v_payment[i], v_now
    from generate_subscripts(p_order, 1) i where v_outcome[i] is null order by p_order[i], p_terminal[i]
  ), said as (
    insert into platform.outbox (type, payload, happened_at, era)
    select 'payment.' || d.verdict, payments.event_of(d), v_now, v_era from decided d)
  select array_position(v_payment, d.id), 'decided', v_now, d.id, d.order_no, d.short_number, d.verdict, d.reason, d.state,
    d.amount, d.captured, d.payer, d.hold_until, d.decided_at, d.business_date
  from decided d;
  if v_awaits is not null then perform payments.await_words(v_payment, v_awaits, v_now); end if;
  if array_length(array_remove(p_guessed, null), 1) > 0 then
    perform payment_codes.count_failures(p_guessed, p_terminal, v_outcome, v_now);
  end if;
end $$;
