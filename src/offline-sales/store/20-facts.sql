-- What the service knows about a record, read under the lock of the card that it is about: whose certificate it is, whether
-- its order number has an answer already, and who brought the same code before, or another one under its counter.
create or replace function offline_sales.facts(
  p_terminal bigint, p_merchant bigint, p_order uuid, p_reference bytea, p_counter int, p_digest bytea,
  p_occurred_at timestamptz
) returns table (
  certificate bigint, credential bigint, card bigint, cardholder bigint, group_code text, name text, device_key bytea,
  is_withdrawn boolean, per_sale bigint, per_card bigint, listed_at timestamptz, listed_version bigint, listed_reason text,
  order_answer text, sold_here bigint, twin text, twin_payment bigint, is_doubled boolean
)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  select c.card into card from payment_codes.certificates_of(array[p_reference]) c;
  if found then perform cards.lock(array[facts.card]); end if;

  select case when k.hash is null then 'reversed' else 'answered' end into order_answer
  from payments.order_number k where k.order_no = p_order and k.terminal = p_terminal;

  select c.certificate, c.credential, c.card, c.cardholder, o.group_code, h.name, c.device_key, c.is_withdrawn,
    l.per_sale, l.per_card, c.listed_at, c.listed_version, c.listed_reason
  into certificate, credential, card, cardholder, group_code, name, device_key, is_withdrawn, per_sale, per_card,
    listed_at, listed_version, listed_reason
  from payment_codes.certificates_of(array[p_reference]) c
  join payment_codes.limit_class l on l.class = c.limit_class
  join cards.card o on o.id = c.card
  join cardholders.cardholder h on h.id = c.cardholder;
  if not found then
    return next;
    return;
  end if;

  -- What this terminal sold to this card by itself in the day before.
  select coalesce(sum(r.amount), 0) into sold_here
  from offline_sales.record r
  where r.card = facts.card and r.terminal = p_terminal and r.decision in ('captured', 'posted', 'owed')
    and r.occurred_at > p_occurred_at - interval '24 hours' and r.occurred_at <= p_occurred_at;

  -- A sale by this code that stands: what was declined or taken back moved nothing.
  select case when p.terminal = p_terminal then 'here' when p.merchant = p_merchant then 'merchant' else 'elsewhere' end, p.id
  into twin, twin_payment
  from payments.signed_sale s
  join payments.payment p on p.id = s.payment and p.decided_at = s.decided_at
  where s.certificate = facts.certificate and s.counter = p_counter and s.digest = p_digest
    and p.verdict <> 'declined' and p.state not in ('reversed', 'released')
  order by p.terminal <> p_terminal, p.decided_at, p.id limit 1;

  is_doubled := exists (
    select from payments.signed_sale s
    where s.certificate = facts.certificate and s.counter = p_counter and s.digest <> p_digest
  ) or exists (
    select from payment_codes.certificate_use u
    where u.certificate = facts.certificate and u.counter = p_counter and u.digest <> p_digest
  ) or exists (
    select from offline_sales.record r
    where r.certificate = facts.certificate and r.counter = p_counter and r.digest <> p_digest
  );
  return next;
end $$;
