-- A phone that synchronises moves on to a new seed. Both are good until the phone has shown that it holds the new one; then
-- the old one is forgotten, and whoever comes with it holds a copy. A card may have several phones, as its group may.

alter table payment_codes.credential
  -- The newest generation that a code or a synchronisation has shown the phone to hold.
  add column proven_generation int not null default 0,
  -- The seed before, while the phone may still use it.
  add column sealed_previous bytea,
  add column previous_alias_seconds int,
  -- What led to the newest seed, so that the same question gets the same answer: the service's random is sealed.
  add column device_random bytea,
  add column sealed_random bytea,
  add column first_step bigint,
  -- Of the enrolment: the public halves of what phone and service agreed by.
  add column device_key bytea,
  add column service_key bytea,
  -- The sign-in that the phone used last; it ends with the phone.
  add column sign_in bigint,
  add constraint credential_proven check (proven_generation between generation - 1 and generation),
  add constraint credential_previous check ((sealed_previous is null) = (previous_alias_seconds is null));

create index credential_with_previous on payment_codes.credential (id) where sealed_previous is not null;
drop index payment_codes.credential_one_phone;
create index credential_of_card on payment_codes.credential (card) where status = 'active';

create table payment_codes.phone_policy (
  group_code text primary key,
  phones_max int not null,
  constraint phone_policy_group check (group_code in ('student', 'staff', 'guest')),
  constraint phone_policy_phones check (phones_max between 1 and 10)
);
insert into payment_codes.phone_policy (group_code, phones_max) values ('student', 1), ('staff', 1), ('guest', 1);
grant select, update on payment_codes.phone_policy to campus_app;

-- What the office should look at.
create table payment_codes.alarm (
  id bigint generated always as identity primary key,
  kind text not null,
  credential bigint references payment_codes.credential (id),
  terminal bigint,
  raised_at timestamptz not null default platform.now(),
  constraint alarm_kind check (kind in ('phone_cloned', 'code_guessed', 'terminal_paused', 'codes_failing'))
);
grant select, insert on payment_codes.alarm to campus_app;
