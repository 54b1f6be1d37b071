-- Decides one sale by what never changes: a plastic card, or a number whose PIN was right a moment ago. Under the lock of its
-- card it is used, and held to the caps of its card's day; then the sale is decided like any other. What is nobody's counts as a
-- wrong code of the terminal. A known order number is answered as before.
create or replace function payments.authorize_static(
  p_terminal bigint, p_generation int, p_order uuid, p_hash bytea, p_sequence bigint, p_short_number text, p_place bigint,
  p_merchant bigint, p_credit bigint, p_kinds text, p_hold_seconds int, p_instrument text, p_static bytea, p_payer text,
  p_amount bigint, p_occurred_at timestamptz
) returns setof payments.answer
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  c record;
  v_reason text;
  a payments.answer;
begin
  select * into c from static_credentials.find(p_instrument, p_static, p_terminal);
  perform cards.lock(array[c.card]);
  -- A terminal that was revoked uses nothing up.
  if not exists (select from payments.order_number k where k.order_no = p_order and k.terminal = p_terminal)
    and (select r.reason from terminals.refusals(array[p_terminal], array[p_generation]) r) is null then
    v_reason := static_credentials.use(p_instrument, p_static, p_terminal, p_order);
    -- A card that pays nothing anyway says so itself.
    if v_reason is null and exists (select from cards.card x where x.id = c.card and x.status = 'active') then
      v_reason := static_credentials.check_caps(
        p_amount, payments.static_spent(c.card, platform.business_date(platform.now())));
      v_reason := coalesce(v_reason, cards.refuse_at(c.card, p_place, platform.now()));
    end if;
  end if;

  select * into strict a
  from payments.authorize(array[p_terminal], array[p_generation], array[p_order], array[p_hash], array[p_sequence],
    array[p_short_number], array[p_place], array[p_merchant], array[p_credit], array[p_kinds], array[p_hold_seconds],
    array[c.card], array[null::bigint], array[null::bigint], array[p_payer], array[p_amount], array[p_occurred_at],
    array[v_reason], array[null::int], array[case when v_reason in ('plastic_invalid', 'pin_check_invalid') then '' end]);
  if a.outcome = 'decided' and a.verdict <> 'declined' then
    insert into payments.static_sale (payment, decided_at, card, business_date, instrument, plastic, pin_check)
    values (a.payment, a.decided_at, c.card, a.business_date, p_instrument, c.plastic, c.pin_check);
    perform static_credentials.tell_use(p_instrument, c.cardholder, c.card, a.payment, p_place, p_amount, p_short_number);
  end if;
  return next a;
end $$;

-- What static credentials of a card have paid in a business day: a hold in full, what was captured for less as captured, what was
-- undone not at all, and a refund changes nothing. Its own payments say so, so that nothing has to be given back.
create or replace function payments.static_spent(p_card bigint, p_day date) returns bigint
language sql stable set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off as $$
  select coalesce(sum(p.amount), 0)::bigint
  from payments.static_sale s
  cross join lateral (
    select case x.state when 'held' then x.amount when 'captured' then x.captured else 0 end as amount
    from payments.payment x where x.id = s.payment and x.decided_at = s.decided_at limit 1
  ) p
  where s.card = p_card and s.business_date = p_day
$$;
