-- One sale and its verdict. Order numbers are kept for ever in a table of keys of their own: a number that was answered
-- once always gets the same answer, and a reversed one can never arrive later.

create schema payments;
grant usage on schema payments to campus_app;

create sequence payments.payment_id cache 50;

create table payments.order_number (
  order_no uuid not null,
  terminal bigint not null,
  -- Of method, path and raw body; a tombstone has none, since its sale never arrived.
  hash bytea,
  payment bigint,
  decided_at timestamptz not null,
  constraint order_number_key primary key (order_no, terminal),
  constraint order_number_tombstone check ((hash is null) = (payment is null))
);

create table payments.payment (
  id bigint not null,
  order_no uuid not null,
  terminal bigint not null,
  sequence bigint not null,
  short_number text not null,
  place bigint not null,
  merchant bigint not null,
  card bigint,
  cardholder bigint,
  credential bigint,
  counter bigint,
  payer text,
  amount bigint not null check (amount between 1 and 1000000000000),
  verdict text not null check (verdict in ('approved', 'declined')),
  reason text,
  state text not null check (state in ('captured', 'held', 'released', 'declined', 'reversed')),
  captured bigint not null default 0 check (captured >= 0 and captured <= amount),
  returned bigint not null default 0 check (returned >= 0 and returned <= captured),
  entry bigint,
  hold bigint,
  hold_until timestamptz,
  business_date date not null,
  occurred_at timestamptz not null,
  decided_at timestamptz not null,
  primary key (id, decided_at),
  constraint payment_declined_has_reason check ((verdict = 'declined') = (reason is not null)),
  constraint payment_declined_is_a_state check ((verdict = 'declined') = (state = 'declined'))
) partition by range (decided_at);
create index payment_of_card on payments.payment (card, id);
create index payment_of_day on payments.payment (business_date, terminal);
create index payment_held on payments.payment (hold_until) where state = 'held';
select platform.partition_by_month('payments.payment', false);

-- What a call answers about one order number.
create type payments.answer as (
  ord int, outcome text, service_now timestamptz, payment bigint, order_no uuid, short_number text, verdict text,
  reason text, state text, amount bigint, captured bigint, payer text, hold_until timestamptz, decided_at timestamptz,
  business_date date
);

-- One capture of a held payment, by the terminal's own number of it.
create table payments.capture (
  capture_no uuid not null,
  terminal bigint not null,
  payment bigint not null,
  amount bigint not null check (amount >= 0),
  final boolean not null,
  released bigint not null,
  -- What it left the payment in: a capture that is sent again is answered as before.
  state text not null check (state in ('held', 'captured', 'released')),
  entry bigint,
  captured_at timestamptz not null,
  primary key (capture_no, terminal)
);
create index capture_of_payment on payments.capture (payment);

-- Reversals that did something, with what they gave back.
create table payments.reversal (
  payment bigint primary key,
  reason text not null,
  returned bigint not null,
  entry bigint,
  reversed_at timestamptz not null
);

-- Business days that are closed for their terminals.
create table payments.closed_date (
  business_date date primary key,
  closed_at timestamptz not null default platform.now()
);

select platform.make_append_only('payments.order_number');
select platform.make_append_only('payments.capture');
select platform.make_append_only('payments.reversal');
select platform.make_append_only('payments.closed_date');
grant select on all tables in schema payments to campus_app;
