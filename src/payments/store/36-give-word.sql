-- Takes the word that a pending sale waits for, from whom it awaits: the phone whose code was scanned, or the cashier at the
-- sale's own terminal. Outcomes: unknown; not_awaited: another's word; known: the same word was given before; ended: it
-- ended otherwise before; else how it ends now: confirmed, refused, expired, card_…, terminal_revoked.
create or replace function payments.give_word(
  p_payment bigint, p_outcome text, p_credential bigint, p_terminal bigint
) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  c payments.confirmation;
  p payments.payment;
begin
  select * into c from payments.confirmation x where x.payment = p_payment;
  if not found then return 'unknown'; end if;
  perform cards.lock(array[c.card]);
  select * into strict c from payments.confirmation x where x.payment = p_payment;
  select * into strict p from payments.payment x where x.id = c.payment and x.decided_at = c.decided_at;
  if not (c.awaits = 'cashier' and p.terminal is not distinct from p_terminal
    or c.awaits = 'phone' and exists (
      select from payment_codes.credential k where k.id = p_credential and k.id = c.credential and k.status = 'active'))
  then
    return 'not_awaited';
  elsif c.outcome is not null then
    return case when c.outcome = p_outcome then 'known' else 'ended' end;
  end if;
  return payments.end_wait(c.payment, p_outcome);
end $$;

-- Ends one wait whose time is over; true when it was this call that ended it.
create or replace function payments.end_expired_wait(p_payment bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
begin
  perform cards.lock(array[x.card]) from payments.confirmation x where x.payment = p_payment;
  return exists (
    select from payments.confirmation x where x.payment = p_payment and x.outcome is null and x.expires_at <= platform.now()
  ) and payments.end_wait(p_payment, 'expired') is not null;
end $$;

-- Waits whose time is over and that nobody has ended yet, the oldest first.
create or replace function payments.expired_waits(p_limit int) returns setof bigint
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select c.payment from payments.confirmation c
  where c.outcome is null and c.expires_at <= platform.now() order by c.expires_at limit p_limit
$$;

-- What a phone is asked about now.
create or replace function payments.asked_of(p_card bigint)
returns table (payment bigint, credential bigint, terminal bigint, place bigint, short_number text, amount bigint,
  expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select c.payment, c.credential, p.terminal, p.place, p.short_number, p.amount, c.expires_at
  from payments.confirmation c
  join payments.payment p on p.id = c.payment and p.decided_at = c.decided_at
  where c.card = p_card and c.outcome is null and c.awaits = 'phone' and c.expires_at > platform.now()
  order by c.expires_at, c.payment
$$;

-- What a phone of this card was asked about a payment, whether it has ended or not.
create or replace function payments.asked_once(p_card bigint, p_payment bigint)
returns table (payment bigint, credential bigint, terminal bigint, place bigint, short_number text, amount bigint,
  expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select c.payment, c.credential, p.terminal, p.place, p.short_number, p.amount, c.expires_at
  from payments.confirmation c
  join payments.payment p on p.id = c.payment and p.decided_at = c.decided_at
  where c.payment = p_payment and c.card = p_card and c.awaits = 'phone'
$$;
