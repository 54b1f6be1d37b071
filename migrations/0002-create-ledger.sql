-- Double entry in integers of the minor unit. Credit is positive: a purse is what we owe its cardholder, a merchant's
-- account what we owe the merchant; `bank` runs below zero by what the bank holds for us. Every entry sums to zero.

create schema ledger;
grant usage on schema ledger to campus_app;

-- Guarded accounts carry their balance and can never go below what is held on them. Unguarded ones (merchants, bank,
-- expense) carry none: no sale touches a shared row, their balance is the fold of what was inserted.
create table ledger.account (
  id bigint generated always as identity primary key,
  owner bigint not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{0,31}$'),
  usable_until timestamptz,
  guarded boolean not null,
  balance bigint not null default 0,
  held bigint not null default 0,
  seq bigint not null default 0,
  opened_at timestamptz not null default platform.now(),
  constraint account_identity unique nulls not distinct (owner, kind, usable_until),
  constraint account_held_not_negative check (held >= 0),
  constraint account_not_overdrawn check (not guarded or balance - held >= 0),
  constraint account_unguarded_carries_nothing check (guarded or (balance = 0 and held = 0))
) with (fillfactor = 60);

-- Entries and holds are numbered from one sequence, so that a number says which of the two it is in only one table.
create sequence ledger.entry_id cache 50;

create table ledger.entry (
  id bigint not null,
  posted_at timestamptz not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{0,31}$'),
  reverses bigint,
  hold bigint,
  about jsonb not null default '{}',
  era int not null default platform.current_era(),
  xid xid8 not null default pg_current_xact_id(),
  primary key (id, posted_at)
) partition by range (posted_at);
create index entry_order on ledger.entry (era, xid, id);

create table ledger.posting (
  entry bigint not null,
  line smallint not null,
  account bigint not null,
  amount bigint not null check (amount <> 0 and abs(amount) <= 1000000000000),
  seq bigint,
  balance_after bigint,
  posted_at timestamptz not null,
  primary key (entry, line, posted_at)
) partition by range (posted_at);
create index posting_of_account on ledger.posting (account, entry);

-- One row for each posted batch and unguarded account.
create table ledger.delta (
  id bigint generated always as identity primary key,
  account bigint not null references ledger.account (id),
  amount bigint not null,
  entries int not null,
  posted_at timestamptz not null default platform.now(),
  xid xid8 not null default pg_current_xact_id()
);
create index delta_of_account on ledger.delta (account, id);

create table ledger.hold (
  id bigint primary key,
  owner bigint not null,
  amount bigint not null check (amount > 0),
  captured bigint not null default 0 check (captured >= 0),
  released bigint not null default 0 check (released >= 0),
  expires_at timestamptz not null,
  placed_at timestamptz not null default platform.now(),
  ended_at timestamptz,
  constraint hold_never_exceeded check (captured + released <= amount),
  constraint hold_ended_when_used_up check ((ended_at is not null) = (captured + released = amount))
);
create index hold_open on ledger.hold (owner) where ended_at is null;
create index hold_due on ledger.hold (expires_at) where ended_at is null;

-- Where a hold lies, in the order in which purses were drawn: captures take from the front, releases from the back.
create table ledger.hold_line (
  hold bigint not null references ledger.hold (id),
  line smallint not null,
  account bigint not null references ledger.account (id),
  amount bigint not null check (amount > 0),
  captured bigint not null default 0,
  released bigint not null default 0,
  primary key (hold, line),
  constraint hold_line_never_exceeded
    check (captured >= 0 and released >= 0 and captured + released <= amount)
);

select platform.partition_by_month('ledger.entry', true);
select platform.partition_by_month('ledger.posting', true);
select platform.make_append_only('ledger.delta');

grant select on all tables in schema ledger to campus_app;
