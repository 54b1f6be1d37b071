-- The cashier takes a mistake back: in the same shift and soon, above an amount with a supervisor's word. Voids are counted
-- beside reversals in shifts and days; until now they were reversals for the reason `cashier`, and stay counted as such.

-- How long after a sale, in minutes, and above how many fen a supervisor is asked for; and what a till shows of who pays.
alter table places.place
  add column void_minutes int not null default 10 constraint place_void_minutes_range check (void_minutes between 1 and 720),
  add column void_supervised_above bigint not null default 5000
    constraint place_void_supervised_above_range check (void_supervised_above between 0 and 1000000000000),
  add column shows_name boolean not null default true,
  add column shows_purses boolean not null default false,
  add column shows_balance boolean not null default false;

-- A shift as its terminal began it; the report of the same number ends it.
create table settlement.shift_opening (
  terminal bigint not null constraint shift_opening_terminal_fkey references terminals.terminal,
  number uuid not null,
  -- By the terminal's clock.
  opened_at timestamptz not null,
  -- Who stands there, as the till says.
  cashier text constraint shift_opening_cashier_shape check (cashier ~ '^[0-9]{1,8}$'),
  received_at timestamptz not null default platform.now(),
  constraint shift_opening_pkey primary key (terminal, number)
);
create index shift_opening_by_time on settlement.shift_opening (terminal, opened_at);
select platform.make_append_only('settlement.shift_opening');
create index shift_of_terminal on settlement.shift (terminal, closed_at);

-- One void, by the terminal's own number of it, with what it was answered.
create table settlement.void (
  terminal bigint not null constraint void_terminal_fkey references terminals.terminal,
  number uuid not null,
  order_no uuid not null,
  payment bigint not null,
  -- Of method, path and raw body.
  hash bytea not null,
  outcome text not null constraint void_outcome_known
    check (outcome in ('voided', 'released', 'already_voided', 'already_reversed', 'was_declined')),
  returned bigint not null constraint void_returned_range check (returned between 0 and 1000000000000),
  -- Whose word it had, and who stood at the till.
  supervisor bigint constraint void_supervisor_fkey references staff.member,
  cashier text,
  voided_at timestamptz not null,
  constraint void_pkey primary key (terminal, number),
  constraint void_returns_something check (outcome <> 'voided' or returned > 0)
);
create index void_of_payment on settlement.void (payment);
create index void_by_time on settlement.void (voided_at);
select platform.make_append_only('settlement.void');

-- Null where the terminal counts voids among its reversals.
alter table settlement.shift
  add column voids_count int constraint shift_voids_count_range check (voids_count between 0 and 1000000),
  add column voids_amount bigint constraint shift_voids_amount_range check (voids_amount between 0 and 1000000000000),
  add column service_voids_count int,
  add column service_voids_amount bigint,
  add constraint shift_voids_whole check (
    (voids_count is null) = (voids_amount is null) and (voids_count is null) = (service_voids_count is null)
    and (service_voids_count is null) = (service_voids_amount is null));

alter table settlement.merchant_day drop column net;
alter table settlement.merchant_day add column voids_count int not null default 0;
alter table settlement.merchant_day add column voids_amount bigint not null default 0;
alter table settlement.merchant_day alter column voids_count drop default;
alter table settlement.merchant_day alter column voids_amount drop default;
alter table settlement.merchant_day add column net bigint not null
  generated always as (sales_amount - reversals_amount - voids_amount - refunds_amount) stored;

grant select on settlement.shift_opening, settlement.void to campus_app;

-- What counts voids has more columns and parameters than before; what is left behind would go on counting without them.
drop view if exists settlement.shift_story;
drop function if exists settlement.shift_totals(bigint, timestamptz, timestamptz, timestamptz, timestamptz);
drop function if exists settlement.record_shift(bigint, uuid, timestamptz, timestamptz, int, bigint, int, bigint);
