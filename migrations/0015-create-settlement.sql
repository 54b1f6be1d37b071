-- What terminals counted in a shift, and what a closed business day came to for each merchant.

create schema settlement;
grant usage on schema settlement to campus_app;

create table settlement.shift (
  terminal bigint not null constraint shift_terminal_fkey references terminals.terminal,
  number uuid not null,
  -- By the terminal's clock: from here on, until before there.
  opened_at timestamptz not null,
  closed_at timestamptz not null,
  sales_count int not null constraint shift_sales_count_range check (sales_count between 0 and 1000000),
  sales_amount bigint not null constraint shift_sales_amount_range check (sales_amount between 0 and 1000000000000),
  reversals_count int not null constraint shift_reversals_count_range check (reversals_count between 0 and 1000000),
  reversals_amount bigint not null
    constraint shift_reversals_amount_range check (reversals_amount between 0 and 1000000000000),
  -- By the service's clock: a reversal carries no time of the terminal's.
  reversals_from timestamptz not null,
  reversals_until timestamptz not null,
  -- What the service found then; a retry of the report is answered with it.
  service_sales_count int not null,
  service_sales_amount bigint not null,
  service_reversals_count int not null,
  service_reversals_amount bigint not null,
  received_at timestamptz not null default platform.now(),
  constraint shift_pkey primary key (terminal, number),
  constraint shift_ends_after_it_begins check (closed_at >= opened_at)
);
create index shift_by_time on settlement.shift (closed_at);
select platform.make_append_only('settlement.shift');

create table settlement.business_day (
  date date constraint business_day_pkey primary key,
  closed_by bigint not null constraint business_day_closed_by_fkey references staff.member,
  closed_at timestamptz not null,
  -- Money that was still set aside at that moment; it counts on the day on which it is captured.
  holds_count int not null,
  holds_amount bigint not null
);
select platform.make_append_only('settlement.business_day');

create table settlement.merchant_day (
  date date not null constraint merchant_day_date_fkey references settlement.business_day,
  merchant bigint not null,
  sales_count int not null,
  sales_amount bigint not null,
  reversals_count int not null,
  reversals_amount bigint not null,
  net bigint not null generated always as (sales_amount - reversals_amount) stored,
  constraint merchant_day_pkey primary key (date, merchant)
);
select platform.make_append_only('settlement.merchant_day');

grant select on all tables in schema settlement to campus_app;
