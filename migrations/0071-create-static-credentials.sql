-- What pays without a phone, because it never changes: a plastic card, and a number with the payment PIN. Capped by sale and by
-- day, taken only where the place says so, and ended as a whole by one tap of the cardholder.

create schema static_credentials;
grant usage on schema static_credentials to campus_app;

-- The most that static credentials of one card pay, in one sale and in one business day. Fen.
create table static_credentials.policy (
  only_one boolean constraint policy_pkey primary key default true constraint policy_one check (only_one),
  sale_cap bigint not null default 3000 constraint policy_sale_cap_range check (sale_cap > 0),
  -- What never changes is guessed or copied one day: then no more than 500 yuan are gone.
  day_cap bigint not null default 10000 constraint policy_day_cap_range check (day_cap <= 50000),
  constraint policy_sale_within_day check (sale_cap <= day_cap)
);
insert into static_credentials.policy default values;
grant select, update on static_credentials.policy to campus_app;
select platform.count_changes('static_credentials', 'static_credentials.policy');

-- What a place takes beside codes of phones. A place without a row takes both where somebody attends, and else neither.
create table static_credentials.place_rule (
  place bigint constraint place_rule_pkey primary key constraint place_rule_place_fkey references places.place (id),
  plastic boolean not null,
  number_pin boolean not null
);
grant select, insert, update on static_credentials.place_rule to campus_app;
select platform.count_changes('static_credentials', 'static_credentials.place_rule');

create table static_credentials.plastic (
  id bigint generated always as identity constraint plastic_pkey primary key,
  card bigint not null constraint plastic_card_fkey references cards.card (id),
  printed_number text not null constraint plastic_printed_number_key unique
    constraint plastic_printed_number_form check (printed_number ~ '^[0-9A-Z]{4,20}$'),
  status text not null default 'active' constraint plastic_status_known check (status in ('active', 'lost', 'replaced')),
  issued_at timestamptz not null default platform.now(),
  ended_at timestamptz,
  constraint plastic_ended_whole check ((status = 'active') = (ended_at is null))
);
create unique index plastic_one_active on static_credentials.plastic (card) where status = 'active';
create index plastic_of_card on static_credentials.plastic (card);
grant select, insert, update on static_credentials.plastic to campus_app;

-- By what a plastic card is known at a till: SHA-256 of its printed number, and of its chip's number. One table for both, so
-- that no number of one card is another number of another card.
create table static_credentials.plastic_number (
  hash bytea constraint plastic_number_pkey primary key constraint plastic_number_hash_length check (octet_length(hash) = 32),
  plastic bigint not null constraint plastic_number_plastic_fkey references static_credentials.plastic (id)
);
create index plastic_number_of on static_credentials.plastic_number (plastic);
grant select, insert on static_credentials.plastic_number to campus_app;

-- Since when a cardholder wants none of it: what was checked before counts no more, and number and PIN not until a new PIN is set.
create table static_credentials.stop (
  card bigint constraint stop_pkey primary key constraint stop_card_fkey references cards.card (id),
  stopped_at timestamptz not null default platform.now()
);
grant select, insert, update on static_credentials.stop to campus_app;

-- A number and its PIN that were found right at a terminal: one sale of this terminal, within a minute.
create table static_credentials.pin_check (
  hash bytea constraint pin_check_pkey primary key constraint pin_check_hash_length check (octet_length(hash) = 32),
  card bigint not null constraint pin_check_card_fkey references cards.card (id),
  terminal bigint not null,
  made_at timestamptz not null default platform.now(),
  expires_at timestamptz not null,
  -- Of the sale that used it up.
  order_no uuid,
  constraint pin_check_expires_soon check (expires_at > made_at and expires_at <= made_at + interval '2 minutes')
);
create index pin_check_by_age on static_credentials.pin_check (expires_at);
grant select, insert on static_credentials.pin_check to campus_app;
