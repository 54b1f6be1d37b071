-- A gate counts its scans in the sequence of its sales: whoever came in for nothing used a number too, and so did a scan that
-- was barred before it arrived.

-- Numbers of a terminal's sequence that no sale came under, until they were looked at.
create table payments.sequence_note (
  terminal bigint not null,
  order_no uuid not null,
  -- Null: barred before it arrived, so that nobody knows which number it had.
  sequence bigint,
  occurred_at timestamptz,
  decided_at timestamptz not null,
  constraint sequence_note_key primary key (terminal, order_no),
  constraint sequence_note_whole check ((sequence is null) = (occurred_at is null))
);
create index sequence_note_by_time on payments.sequence_note (decided_at);

-- Barred numbers whose gap has not shown yet: it does with the next number.
alter table payments.sequence_watch add column barred bigint not null default 0
  constraint sequence_watch_barred check (barred >= 0);

-- A break may be a passage's, which is no payment.
alter table payments.sequence_break add column order_no uuid;
update payments.sequence_break b set order_no = p.order_no
from payments.payment p where p.id = b.payment and p.decided_at = b.decided_at;
alter table payments.sequence_break drop constraint sequence_break_key;
alter table payments.sequence_break alter column order_no set not null, alter column payment drop not null,
  add constraint sequence_break_key primary key (terminal, order_no);
