-- The time that a sale is counted by in shifts: its terminal's own, since the terminal counts by it. A clock that is a day off is
-- none: such a sale counts when it was decided, unless it was made without a network and is told later.
create or replace function settlement.stated_at(p payments.payment) returns timestamptz
language sql stable
return case
  when p.occurred_at between p.decided_at - interval '24 hours' and p.decided_at + interval '24 hours'
    or exists (select from payments.signed_sale s where s.payment = p.id and s.offline) then p.occurred_at
  else p.decided_at end;
