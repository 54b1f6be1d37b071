-- Deltas are folded behind the commit horizon, so that the balance of a hot account costs the same after a year as after a
-- day; and each day's end is kept, so that a balance of any past moment is read from that day alone.

-- Rows from before this belong to eras whose transactions have all ended, or to the first one.
alter table ledger.delta add column era int not null default 1;
alter table ledger.delta alter column era set default platform.current_era();
-- Checking it would lock the merchant's row, if only for share, once for each batch; posting looks the account up anyway.
alter table ledger.delta drop constraint delta_account_fkey;
drop index ledger.delta_of_account;
create index delta_of_account on ledger.delta (account, era, xid, id);

-- What the deltas of an unguarded account came to, up to a position. Whoever takes money out locks its row; no sale does.
create table ledger.rollup (
  account bigint constraint rollup_pkey primary key constraint rollup_account_fkey references ledger.account,
  balance bigint not null default 0,
  entries bigint not null default 0,
  era int not null default 0,
  xid xid8 not null default '0',
  id bigint not null default 0,
  folded_at timestamptz not null default platform.now()
) with (fillfactor = 50);
insert into ledger.rollup (account) select a.id from ledger.account a where not a.guarded;

-- Numbers of entries come from a cached sequence and have no order in time; the time of a posting does.
drop index ledger.posting_of_account;
create index posting_of_account on ledger.posting (account, posted_at);

-- The ends of business days. One is drawn first, in a transaction of its own, and the balances are taken once everything
-- that may have been posted before it has ended.
create table ledger.balance_cut (
  business_date date constraint balance_cut_pkey primary key,
  cut_at timestamptz not null constraint balance_cut_at_key unique,
  era int not null default platform.current_era(),
  xid xid8 not null default pg_current_xact_id(),
  -- Accounts up to this one are done.
  done_to bigint not null default 0,
  taken_at timestamptz
);

-- What an account had, and had set aside, at the end of a day. An account has a row for each day on which one of them
-- changed: the newest row up to a day says what it had then.
create table ledger.balance_snapshot (
  account bigint not null,
  business_date date not null,
  cut_at timestamptz not null,
  balance bigint not null,
  held bigint not null,
  -- Of the last posting before the end of the day; unguarded accounts have none.
  seq bigint,
  constraint balance_snapshot_pkey primary key (account, business_date)
);
select platform.make_append_only('ledger.balance_snapshot');
create index hold_ended on ledger.hold (ended_at) where ended_at is not null;

grant select on ledger.rollup, ledger.balance_cut, ledger.balance_snapshot to campus_app;
