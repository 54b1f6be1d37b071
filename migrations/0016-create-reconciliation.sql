-- Three stories of one day: ours, the terminals' and the bank's. What differs is kept, by type, until it no longer does.

create schema reconciliation;
grant usage on schema reconciliation to campus_app;

create table reconciliation.statement (
  id bigint generated always as identity constraint statement_pkey primary key,
  date date not null,
  sha256 bytea not null constraint statement_sha256_length check (length(sha256) = 32),
  csv text not null,
  imported_by bigint not null constraint statement_imported_by_fkey references staff.member,
  imported_at timestamptz not null default platform.now()
);
-- The newest of a day is the one that counts.
create index statement_of_day on reconciliation.statement (date, id);
select platform.make_append_only('reconciliation.statement');

create table reconciliation.statement_line (
  statement bigint not null constraint statement_line_statement_fkey references reconciliation.statement,
  -- As an editor counts: the header is line 1.
  line int not null,
  reference text not null,
  direction text not null constraint statement_line_direction_known check (direction in ('in', 'out')),
  amount bigint not null constraint statement_line_amount_range check (amount between 1 and 1000000000000),
  balance bigint not null,
  constraint statement_line_pkey primary key (statement, line)
);
select platform.make_append_only('reconciliation.statement_line');

create table reconciliation.run (
  id bigint generated always as identity constraint run_pkey primary key,
  date date not null,
  -- The statement that was compared; none when none had been imported.
  statement bigint constraint run_statement_fkey references reconciliation.statement,
  run_by bigint not null constraint run_by_fkey references staff.member,
  run_at timestamptz not null default platform.now()
);
create index run_by_date on reconciliation.run (date, id);
select platform.make_append_only('reconciliation.run');

create table reconciliation.discrepancy (
  id bigint generated always as identity constraint discrepancy_pkey primary key,
  date date not null,
  source text not null constraint discrepancy_source_known check (source in ('bank', 'terminal')),
  type text not null
    constraint discrepancy_type_known check (type in ('missing_here', 'missing_there', 'amount', 'duplicate')),
  -- The bank's: an instruction's number. A terminal's: a shift's number, or the terminal's code for what it left out.
  reference text not null,
  here jsonb,
  there jsonb,
  found_at timestamptz not null,
  -- When a later run no longer found it.
  cleared_at timestamptz,
  constraint discrepancy_once unique (date, source, type, reference)
);

grant select on all tables in schema reconciliation to campus_app;
grant insert on reconciliation.statement, reconciliation.statement_line to campus_app;
