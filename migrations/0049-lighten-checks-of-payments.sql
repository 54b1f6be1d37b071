-- A sale writes a card, a credential and a payment: as in the ledger, their checks are domains where one column is enough
-- (read once for each connection, asked only when the column is written), and short where it is not.

create domain cards.card_number as text;
create domain cards.card_status as text;
create domain cards.limit_amount as bigint;
create domain cards.limit_count as int;
alter table cards.card
  drop constraint card_number_is_digits, drop constraint card_status_check, drop constraint card_limits_above_zero;
alter table cards.card
  alter column number type cards.card_number, alter column status type cards.card_status,
  alter column sale_limit type cards.limit_amount, alter column meal_limit type cards.limit_amount,
  alter column day_limit type cards.limit_amount, alter column month_limit type cards.limit_amount,
  alter column meal_count_limit type cards.limit_count, alter column day_count_limit type cards.limit_count,
  alter column month_count_limit type cards.limit_count;
alter domain cards.card_number add constraint card_number_is_digits
  check (char_length(value) between 6 and 20 and translate(value, '0123456789', '') = '');
alter domain cards.card_status add constraint card_status_known check (value in ('active', 'frozen', 'lost', 'closed'));
alter domain cards.limit_amount add constraint limit_amount_above_zero check (value > 0);
alter domain cards.limit_count add constraint limit_count_above_zero check (value > 0);

create domain payment_codes.credential_status as text;
create domain payment_codes.alias_seconds as int;
alter table payment_codes.credential
  drop constraint credential_status_check, drop constraint credential_alias_seconds_check,
  drop constraint credential_proven;
alter table payment_codes.credential
  alter column status type payment_codes.credential_status,
  alter column alias_seconds type payment_codes.alias_seconds,
  -- The newest generation, or the one before it.
  add constraint credential_proven check ((generation - proven_generation) >> 1 = 0);
alter domain payment_codes.credential_status add constraint credential_status_known check (value in ('active', 'closed'));
alter domain payment_codes.alias_seconds add constraint alias_seconds_whole check (value % 30 = 0 and value > 0);

-- Payments are read by many, and a domain is not the type that they say they return: their checks become shorter.
alter table payments.payment
  drop constraint payment_amount_check, drop constraint payment_check, drop constraint payment_check1,
  drop constraint payment_state_check, drop constraint payment_declined_is_a_state;
alter table payments.payment
  add constraint payment_amounts check (
    amount between 1 and 1000000000000 and captured between returned and amount and returned >= 0),
  add constraint payment_state_check check (state = any ('{captured,held,released,declined,reversed}'::text[])),
  add constraint payment_declined_is_a_state check ((state = 'declined') = (reason is not null));
