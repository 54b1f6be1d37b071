-- The receipt of a payment: what its page shows to whoever holds the link.

create schema receipts;
grant usage on schema receipts to campus_app;

create table receipts.receipt (
  payment bigint primary key,
  -- 128 random bits: the link is the only key to the page.
  token text not null,
  cardholder bigint not null,
  card bigint not null,
  place bigint not null,
  amount bigint not null,
  returned bigint not null default 0,
  short_number text not null,
  state text not null default 'paid',
  paid_at timestamptz not null,
  issued_at timestamptz not null default platform.now(),
  constraint receipt_token unique (token),
  constraint receipt_amount check (amount between 1 and 1000000000000),
  constraint receipt_returned check (returned between 0 and amount),
  constraint receipt_state check (state in ('paid', 'reversed'))
);
create index receipt_of_cardholder on receipts.receipt (cardholder, payment);

grant select, insert, update on receipts.receipt to campus_app;
