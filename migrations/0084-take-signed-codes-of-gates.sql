-- Gates take the codes that phones sign, and every scan is a number of the terminal's sequence.

-- What a signed code says beside a counter: the reference of its certificate, when it was made, what tells it from another one
-- under the same counter, and whether it opens gates. Of an ordinary code all of these are null.
alter type gates.scan add attribute reference text;
alter type gates.scan add attribute code_time timestamptz;
alter type gates.scan add attribute digest text;
alter type gates.scan add attribute opens_gates boolean;

-- Of a signed code; then `counter` is that of its certificate.
alter table gates.passage add column certificate bigint,
  add constraint passage_by_one_code check (certificate is null or credential is null);
create index passage_of_certificate on gates.passage (certificate, counter) where certificate is not null;

-- Scans of before: those that nobody has looked at are noted, and the others have no gap any more.
insert into payments.sequence_note (terminal, order_no, sequence, occurred_at, decided_at)
select p.terminal, p.order_no, p.sequence, p.occurred_at, p.decided_at
from gates.passage p, payments.sequence_cursor c
where p.decided_at >= c.until
  and not exists (
    select from payments.order_number k
    where k.order_no = p.order_no and k.terminal = p.terminal and k.payment is not null);
update payments.sequence_watch w set missing = greatest(0, w.missing - g.seen)
from (
  select p.terminal, count(*) as seen
  from gates.passage p, payments.sequence_cursor c
  where p.decided_at < c.until
    and not exists (
      select from payments.order_number k
      where k.order_no = p.order_no and k.terminal = p.terminal and k.payment is not null)
  group by p.terminal
) g
where g.terminal = w.terminal;
