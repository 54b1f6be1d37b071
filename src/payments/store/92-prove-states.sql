-- What became of payments: their state follows from what happened to them, and what went back from what was given back.
create or replace function payments.prove_states() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'what was returned is what reversals and refunds say', count(*)
  from payments.payment p
  full join (
    select x.payment, sum(x.amount) as amount
    from (
      select r.payment, r.returned as amount from payments.reversal r
      union all select f.payment, f.amount from payments.refund f where f.state = 'refunded'
    ) x group by x.payment
  ) b on b.payment = p.id
  where p.id is null or p.returned <> coalesce(b.amount, 0)
  union all
  -- By purse and by merchant: what they gave, less what they got back, is what the payment still comes to.
  select 'what was returned is posted, to the purses that paid and to none beyond what it paid', count(distinct x.payment)
  from (
    select b.payment, a.guarded or a.kind = 'receivable' as pays, sum(l.amount) as amount, p.captured - p.returned as kept
    from (
      select p.id::text as payment from payments.payment p where p.returned > 0
      union select e.about ->> 'payment' from ledger.entry e where e.kind in ('reversal', 'refund')
    ) b
    left join payments.payment p on p.id::text = b.payment
    left join ledger.entry e on e.about ->> 'payment' = b.payment and e.kind in ('sale', 'capture', 'reversal', 'refund')
    left join ledger.posting l on l.entry = e.id and l.posted_at = e.posted_at
    left join ledger.account a on a.id = l.account
    group by b.payment, l.account, a.guarded, a.kind, p.captured, p.returned
  ) x
  where case when x.pays then x.amount > 0 else x.amount is distinct from x.kept end
  union all
  select 'no hold is open for a payment that has ended', count(*)
  from payments.payment p join ledger.hold h on h.id = p.hold
  where p.state <> 'held' and h.ended_at is null
  union all
  -- A hold whose time is over may have ended before anybody told its payment.
  select 'every state follows from what happened', count(*)
  from payments.payment p
  left join ledger.hold h on h.id = p.hold
  left join payments.reversal r on r.payment = p.id
  left join payments.confirmation w on w.payment = p.id
  where not coalesce(case p.state
    when 'declined' then p.captured = 0 and (p.hold is null or w.outcome <> 'confirmed')
    when 'held' then p.returned = 0 and r.payment is null and (h.ended_at is null or h.ended_at >= h.expires_at)
    when 'captured' then p.captured > 0 and r.payment is null
    when 'released' then p.captured = 0 and p.hold is not null
    when 'reversed' then p.returned > 0 and r.payment is not null
  end, false)
$$;
