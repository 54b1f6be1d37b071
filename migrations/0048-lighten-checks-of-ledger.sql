-- What a row may be is checked each time the row is written, and a check is read anew from its text by every statement:
-- at a lone sale that was a sixth of all it cost. A domain is read once for each connection, and only asked when its column
-- is written. What looks at one column of a row that sales write is a domain from now on; what looks at several is said in
-- as few words as it takes. Nothing is allowed that was not.

-- A column's type cannot change below a view; all of them are made again with the functions, after the migrations.
drop view if exists ledger.statement, ledger.account_balance, ledger.held_at_cut cascade;
update platform.functions set fingerprint = 'none yet';

-- A table is only looked at, not written anew, when its column becomes a domain before the domain is bounded.
create domain ledger.kind as text;
alter table ledger.entry drop constraint entry_kind_named, alter column kind type ledger.kind;
select platform.forget_guard('ledger.account', 'kept_columns');
drop trigger kept_columns on ledger.account;
alter table ledger.account drop constraint account_kind_named, alter column kind type ledger.kind;
select platform.keep_columns('ledger.account', '{balance,held,seq}', 'statement');
alter domain ledger.kind add constraint kind_named check (char_length(value) between 1 and 32);

create domain ledger.line_amount as bigint;
alter table ledger.posting drop constraint posting_amount_check, alter column amount type ledger.line_amount;
alter domain ledger.line_amount add constraint line_amount_bounded
  check (value <> 0 and value between -1000000000000 and 1000000000000);

-- An unguarded account holds nothing: its balance is nothing, and no more than that may be held.
alter table ledger.account
  drop constraint account_not_overdrawn,
  drop constraint account_unguarded_carries_nothing;
alter table ledger.account
  add constraint account_not_overdrawn check (balance >= held),
  add constraint account_unguarded_carries_nothing check (guarded or balance = 0);
