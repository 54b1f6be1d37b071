-- Decides one sale by a signed code that came to a terminal with a network: it is used up like any code, under the lock of its
-- card, and the sale is then decided like any other. Above the certificate's mark or `code_used`; a certificate that is on the
-- hotlist, or whose phone is bound no more, is `credential_closed`. A known order number is answered as before.
create or replace function payments.authorize_signed(
  p_terminal bigint, p_generation int, p_order uuid, p_hash bytea, p_sequence bigint, p_short_number text, p_place bigint,
  p_merchant bigint, p_credit bigint, p_kinds text, p_hold_seconds int, p_reference bytea, p_payer text, p_amount bigint,
  p_occurred_at timestamptz, p_code_time timestamptz, p_counter int, p_digest bytea
) returns setof payments.answer
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  c record;
  v_reason text := 'code_invalid';
  v_now timestamptz;
  a payments.answer;
begin
  select * into c from payment_codes.certificates_of(array[p_reference]);
  perform cards.lock(array[c.card]);
  v_now := platform.now();
  -- A terminal that was revoked uses nothing up.
  if c.certificate is not null
    and not exists (select from payments.order_number k where k.order_no = p_order and k.terminal = p_terminal)
    and (select r.reason from terminals.refusals(array[p_terminal], array[p_generation]) r) is null then
    -- Looked at once more, under the lock.
    v_reason := payment_codes.use_signed(p_reference, p_code_time, p_counter, p_digest, p_terminal, v_now);
    v_reason := coalesce(v_reason, cards.refuse_at(c.card, p_place, v_now));
  end if;

  select * into strict a
  from payments.authorize(array[p_terminal], array[p_generation], array[p_order], array[p_hash], array[p_sequence],
    array[p_short_number], array[p_place], array[p_merchant], array[p_credit], array[p_kinds], array[p_hold_seconds],
    array[c.card], array[null::bigint], array[null::bigint], array[p_payer], array[p_amount], array[p_occurred_at],
    array[v_reason], array[null::int], array[null::text]);
  if a.outcome = 'decided' and c.certificate is not null and v_reason is null then
    insert into payments.signed_sale (payment, decided_at, certificate, counter, digest, offline)
    values (a.payment, a.decided_at, c.certificate, p_counter, p_digest, false);
  end if;
  return next a;
end $$;
