-- Wrong codes are counted where sales are decided: for whom they were meant, and by which terminal they came.

create table payment_codes.guess (
  credential bigint not null,
  -- Of the alias epoch that the guesses were made in: the next one begins anew, so that nobody can lock a student out.
  first_step bigint not null,
  count int not null,
  constraint guess_of_epoch primary key (credential, first_step),
  constraint guess_count check (count > 0)
);

-- A terminal is a number here: this module knows nothing else of it.
create table payment_codes.scanner (
  terminal bigint primary key,
  -- When the last wrong codes came, the oldest first, and no more of them than lead to a pause.
  wrong_at timestamptz[] not null,
  paused_until timestamptz
);

-- While codes fail everywhere the fault is not the terminals': until then nobody is paused.
create table payment_codes.pause_policy (
  only_one boolean primary key default true,
  suspended_until timestamptz not null default '-infinity',
  constraint pause_policy_only_one check (only_one)
);
insert into payment_codes.pause_policy default values;

create index alarm_by_time on payment_codes.alarm (raised_at);
grant select on payment_codes.guess, payment_codes.scanner, payment_codes.pause_policy to campus_app;
