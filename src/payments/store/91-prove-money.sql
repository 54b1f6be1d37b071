-- Payments against the books: what each was decided, captured and posted. Both ways: no sale in the ledger without a payment.
create or replace function payments.prove_money() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  -- An entry of a sale has one line of credit, on the merchant's account.
  with entry as materialized (
    select e.id, e.kind, e.hold, e.about ->> 'payment' as payment, p.amount, a.owner as merchant, a.kind as account
    from ledger.entry e
    join ledger.posting p on p.entry = e.id and p.posted_at = e.posted_at and p.amount > 0
    join ledger.account a on a.id = p.account
    where e.kind in ('sale', 'capture')
  )
  select 'an approved sale without a hold has one entry of its amount, a declined one none', count(*)
  from payments.payment p
  left join entry e on e.id = p.entry
  where p.hold is null and case when p.verdict = 'approved'
    then (e.kind, e.payment, e.amount, e.merchant, e.account, p.captured)
      is distinct from ('sale', p.id::text, p.amount, p.merchant, 'merchant', p.amount)
    else p.entry is not null end
  union all
  select 'every capture has one entry of its amount, out of its own hold', count(*)
  from payments.capture c
  left join payments.payment p on p.id = c.payment
  left join entry e on e.id = c.entry
  where case when c.amount = 0 then c.entry is not null
    else (e.kind, e.payment, e.amount, e.merchant, e.account, e.hold)
      is distinct from ('capture', p.id::text, c.amount, p.merchant, 'merchant', p.hold) end
  union all
  select 'every sale and capture in the ledger has its payment', count(*)
  from entry e
  left join (
    select p.id, p.entry from payments.payment p where p.hold is null and p.entry is not null
    union all select c.payment, c.entry from payments.capture c where c.entry is not null
  ) p on p.entry = e.id
  where p.id::text is distinct from e.payment
  union all
  -- What they lacked for a sale without a network, the card owes.
  select 'a sale is paid from the purses of its own card', count(*)
  from payments.payment p
  join ledger.posting l on l.entry = p.entry and l.amount < 0
  left join ledger.account a on a.id = l.account
  where (a.owner, a.guarded or a.kind = 'receivable') is distinct from (p.card, true)
  union all
  select 'a held sale captured what its captures say, from its own hold', count(*)
  from payments.payment p
  left join ledger.hold h on h.id = p.hold
  left join (select c.payment, sum(c.amount) as amount from payments.capture c group by c.payment) c on c.payment = p.id
  where p.hold is not null and (h.captured, h.amount, h.owner, p.captured)
    is distinct from (p.captured, p.amount, p.card, coalesce(c.amount, 0))
  union all
  select 'every hold is of a sale', count(*)
  from ledger.hold h left join payments.payment p on p.hold = h.id where p.id is null and h.purpose = 'sale'
$$;
