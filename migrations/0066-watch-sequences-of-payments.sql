-- What the sequences of terminals say: numbers that never came, and counts that went back.

-- How far each terminal's sales were looked at.
create table payments.sequence_watch (
  terminal bigint constraint sequence_watch_key primary key,
  -- The sale that was counted last, by the terminal's own time.
  last_sequence bigint not null,
  last_occurred_at timestamptz not null,
  -- Numbers below the last that no sale came under.
  missing bigint not null constraint sequence_watch_missing check (missing >= 0)
);

-- A count that went back: a terminal that was set up again from an old copy, or two devices under one key.
create table payments.sequence_break (
  terminal bigint not null,
  payment bigint not null,
  decided_at timestamptz not null,
  sequence bigint not null,
  expected bigint not null,
  noticed_at timestamptz not null,
  constraint sequence_break_key primary key (terminal, payment)
);

-- Everything decided before this instant was looked at.
create table payments.sequence_cursor (
  single boolean constraint sequence_cursor_key primary key default true constraint sequence_cursor_single check (single),
  until timestamptz not null
);
insert into payments.sequence_cursor (until) values ('-infinity');

grant select on payments.sequence_watch, payments.sequence_break, payments.sequence_cursor to campus_app;
