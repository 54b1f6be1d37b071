-- What the outbox says about a payment: ids and small facts, for receipts, journeys, collection and hints. Its body is
-- bound to what it names when it is created, so it needs no search path and is inlined into its callers. (An object made
-- of one array of texts costs half of what one made of pairs costs, and nothing is sorted where keys come in their order:
-- the shorter first.)
create or replace function payments.event_of(p payments.payment) returns jsonb
language sql stable
return jsonb_object(array[
  'card', p.card::text, 'entry', p.entry::text, 'place', p.place::text, 'state', p.state, 'reason', p.reason,
  'payment', p.id::text, 'merchant', p.merchant::text, 'terminal', p.terminal::text, 'cardholder', p.cardholder::text,
  'shortNumber', p.short_number]) || jsonb_build_object('amount', p.amount);

-- One payment as its terminal knows it.
create or replace function payments.find(p_terminal bigint, p_order uuid) returns setof payments.answer
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  select 1, case when k.hash is null then 'reversed' else 'known' end, platform.now(), p.id, p.order_no, p.short_number,
    p.verdict, p.reason, case when p.state <> 'held' or p.hold_until > platform.now() then p.state
                              when p.captured > 0 then 'captured' else 'released' end,
    p.amount, p.captured, p.payer, p.hold_until, p.decided_at, p.business_date
  from payments.order_number k
  left join payments.payment p on p.id = k.payment and p.decided_at = k.decided_at
  where k.order_no = p_order and k.terminal = p_terminal
$$;

-- What a request was answered before, whatever its price or code would be worth now; another request: reused.
create or replace function payments.recall(p_terminal bigint, p_order uuid, p_hash bytea)
returns setof payments.answer
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select f.ord, case when k.hash <> p_hash then 'reused' else f.outcome end, f.service_now, f.payment, f.order_no,
    f.short_number, f.verdict, f.reason, f.state, f.amount, f.captured, f.payer, f.hold_until, f.decided_at,
    f.business_date
  from payments.find(p_terminal, p_order) f
  join payments.order_number k on k.order_no = p_order and k.terminal = p_terminal
$$;
