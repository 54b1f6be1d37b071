-- Order numbers, codes and payments, each against the other: who was answered, and with whose code.
create or replace function payments.prove_numbers() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'every answered order number has its payment, and every payment its number', count(*)
  from payments.payment p
  full join (
    select k.payment, k.order_no, k.terminal, k.decided_at from payments.order_number k where k.hash is not null
  ) k on k.payment = p.id and k.order_no = p.order_no and k.terminal = p.terminal and k.decided_at = p.decided_at
  where p.id is null or k.payment is null
  union all
  select 'no payment is there twice', count(*) - count(distinct p.id) from payments.payment p
  union all
  -- Who was refused before the code was looked at has not used it: another phone's, an old one, none of this minute.
  select 'no code is used twice, not even by a sale that was declined', count(*)
  from (
    select from payments.payment p
    where p.credential is not null and p.counter is not null
      and (p.reason is null or p.reason not in ('code_used', 'code_invalid', 'credential_closed', 'credential_expired'))
    group by p.credential, p.counter having count(*) > 1
  ) x
  union all
  select 'a phone''s mark is at the highest code that was used', count(*)
  from payment_codes.credential c
  join (
    select p.credential, max(p.counter) as counter from payments.payment p
    where p.credential is not null
      and (p.reason is null or p.reason not in ('code_invalid', 'credential_closed', 'credential_expired'))
    group by p.credential
  ) used on used.credential = c.id
  where c.high_water < used.counter
  union all
  select 'every payment is of a phone''s own card, and of a card''s own cardholder', count(*)
  from payments.payment p
  left join payment_codes.credential c on c.id = p.credential
  left join cards.card d on d.id = p.card
  where (p.credential is not null and c.card is distinct from p.card)
    or (p.card is not null and d.cardholder is distinct from p.cardholder)
    or (p.card is null and p.verdict = 'approved')
$$;
