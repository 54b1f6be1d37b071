-- Which sales a static credential paid, so that a day of them has a cap of its own; and a payment PIN that is not good yet.

create table payments.static_sale (
  payment bigint constraint static_sale_pkey primary key,
  -- When the payment was decided: with it, the payment is found in its month.
  decided_at timestamptz not null,
  card bigint not null,
  business_date date not null,
  instrument text not null constraint static_sale_instrument_known check (instrument in ('plastic', 'number_pin')),
  plastic bigint,
  -- SHA-256 of the word that a right PIN was given for this sale.
  pin_check bytea constraint static_sale_pin_check_once unique,
  constraint static_sale_names_its_credential
    check ((instrument = 'plastic') = (plastic is not null) and (instrument = 'number_pin') = (pin_check is not null))
);
create index static_sale_of_day on payments.static_sale (card, business_date);
select platform.make_append_only('payments.static_sale');
grant select on payments.static_sale to campus_app;

-- A PIN that somebody with an unlocked phone may have set: the owner has a day to hear of it.
alter table cards.payment_pin add column usable_from timestamptz;
