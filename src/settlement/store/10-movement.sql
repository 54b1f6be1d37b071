-- Every movement of a merchant's money, once: a sale when it was decided, metered use when it was captured, a reversal, void or
-- refund when it was given back. `at` is the service's time; `stated_at` the terminal's own, which neither of these carries.
-- `business_date` is that of the sale, for finding movements by it: a capture follows within a day, a reversal or void within 72 h.
-- A refund may come much later; its date is that of the refund. A sale that a terminal made without the service belongs to
-- the day on which it became known.
create or replace view settlement.movement as
select 'sale' as kind, p.id as payment, p.terminal, p.merchant, p.business_date, 1 as counted, p.captured as amount,
  p.decided_at as at, settlement.stated_at(p) as stated_at
from payments.payment p
where p.verdict = 'approved' and p.hold is null
union all
-- A sale that is captured in parts is counted with the first. A capture's number is a UUIDv7: its time in milliseconds. A sale
-- that waited for a word is captured under its own number: its terminal knows one time only.
select 'capture', p.id, p.terminal, p.merchant, p.business_date,
  case when exists (
    select from payments.capture e
    where e.payment = c.payment and e.amount > 0 and (e.captured_at, e.capture_no) < (c.captured_at, c.capture_no)
  ) then 0 else 1 end,
  c.amount, c.captured_at,
  case when c.capture_no = p.order_no then settlement.stated_at(p)
    else to_timestamp(('x' || translate(left(c.capture_no::text, 13), '-', ''))::bit(48)::bigint / 1000.0) end
from payments.capture c
join payments.payment p on p.id = c.payment
where c.amount > 0
union all
select case r.reason when 'void' then 'void' else 'reversal' end, p.id, p.terminal, p.merchant, p.business_date, 1, r.returned,
  r.reversed_at, null
from payments.reversal r
join payments.payment p on p.id = r.payment
where r.returned > 0
union all
select 'refund', p.id, p.terminal, p.merchant, platform.business_date(f.refunded_at), 1, f.amount, f.refunded_at, null
from payments.refund f
join payments.payment p on p.id = f.payment and p.decided_at = f.decided_at
where f.refunded_at is not null
union all
-- A sale without a network that nobody owes and two people let the house bear: the merchant sold it all the same.
select 'sale', null, (m.about ->> 'terminal')::bigint, m.owner, platform.business_date(m.posted_at), 1, m.amount, m.posted_at,
  (m.about ->> 'occurredAt')::timestamptz
from ledger.statement l
join ledger.statement m on m.entry = l.entry and m.posted_at = l.posted_at and m.amount > 0
where l.account = ledger.account_of(0, 'offline-loss') and l.amount < 0;
grant select on settlement.movement to campus_app;
