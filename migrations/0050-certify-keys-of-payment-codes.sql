-- For terminals without a network: the issuer certifies keys that phones made, says which certificates are no longer good,
-- and sets cash aside for what is sold meanwhile. Everything that the campus decides about it is data.

create table payment_codes.offline_policy (
  only_one boolean primary key default true,
  -- Of the campus, in every certificate and hotlist.
  scheme int not null default 1,
  certificate_minutes int not null default 1080,
  -- How many windows a phone holds, the present one included.
  certificates_ahead int not null default 4,
  -- How many a card gets in 24 hours, whatever its owner does.
  certificates_a_day int not null default 12,
  -- What is set aside of the cash: at most so much, so much stays free, and less than so much is not set aside. Fen.
  allowance_most bigint not null default 6000,
  allowance_spares bigint not null default 2000,
  allowance_least bigint not null default 1000,
  -- How long terminals may take to bring what they sold, counted from the end of the last certificate.
  allowance_hours int not null default 72,
  -- What one terminal may sell by itself before it has been heard again. Fen; hours without a network.
  terminal_amount bigint not null default 300000,
  terminal_records int not null default 200,
  terminal_hours int not null default 24,
  -- A list that says the same is made anew after so long, since its age counts at the terminals.
  hotlist_seconds int not null default 300,
  -- A new issuer key is told to terminals so long before it signs, and is good for so long.
  key_lead_hours int not null default 72,
  key_days int not null default 400,
  constraint offline_policy_only_one check (only_one),
  constraint offline_policy_scheme check (scheme between 0 and 65535),
  constraint offline_policy_certificates check (
    certificate_minutes between 1 and 65535 and certificates_ahead between 1 and 8 and certificates_a_day between 1 and 100),
  constraint offline_policy_allowance check (
    allowance_most between 1 and 1000000000000 and allowance_spares between 0 and 1000000000000
    and allowance_least between 1 and allowance_most and allowance_hours between 1 and 720),
  constraint offline_policy_terminal check (
    terminal_amount between 1 and 1000000000000 and terminal_records between 1 and 10000 and terminal_hours between 1 and 72),
  constraint offline_policy_hotlist check (hotlist_seconds between 10 and 3600),
  constraint offline_policy_keys check (key_lead_hours between 0 and 720 and key_days between 30 and 3650)
);
insert into payment_codes.offline_policy default values;

-- What a certificate permits at a terminal without a network, by its owner's group. Fen.
create table payment_codes.limit_class (
  class smallint primary key,
  group_code text not null unique,
  per_sale bigint not null,
  per_card bigint not null,
  -- Bits of the certificate: 1 opens gates, 2 is staff's.
  flags smallint not null,
  constraint limit_class_number check (class between 0 and 255),
  constraint limit_class_group check (group_code in ('student', 'staff', 'guest')),
  constraint limit_class_amounts check (per_sale between 1 and per_card and per_card <= 1000000000000),
  constraint limit_class_flags check (flags between 0 and 3)
);
insert into payment_codes.limit_class (class, group_code, per_sale, per_card, flags)
values (0, 'student', 3000, 6000, 1), (1, 'staff', 3000, 6000, 3), (2, 'guest', 3000, 6000, 0);

-- Keys that certify; the private half rests sealed under a key that is not in this database.
create table payment_codes.issuer_key (
  key_id smallint primary key,
  public_key bytea not null unique,
  sealed_key bytea not null,
  wrapping_key text not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  made_at timestamptz not null default platform.now(),
  -- It signs nothing new from then on; what it signed stays good.
  retired_at timestamptz,
  -- From then on terminals are told of it no more, and nothing that it signed is good.
  withdrawn_at timestamptz,
  constraint issuer_key_id check (key_id between 0 and 255),
  constraint issuer_key_public check (octet_length(public_key) = 32),
  constraint issuer_key_window check (not_before < not_after)
);

-- What a phone proves its new keys with: one for each phone, replaced when it synchronises.
create table payment_codes.challenge (
  credential bigint primary key references payment_codes.credential (id),
  challenge bytea not null,
  issued_at timestamptz not null default platform.now(),
  answered_at timestamptz,
  constraint challenge_length check (octet_length(challenge) = 32)
);

create table payment_codes.certificate (
  id bigint generated always as identity primary key,
  reference bytea not null,
  credential bigint not null references payment_codes.credential (id),
  card bigint not null,
  device_key bytea not null,
  issuer_key smallint not null references payment_codes.issuer_key (key_id),
  limit_class smallint not null,
  flags smallint not null,
  not_before timestamptz not null,
  expires_at timestamptz not null,
  -- All 116 bytes, as the phone got them.
  bytes bytea not null,
  -- The highest counter that was accepted; -1 before the first. It only rises.
  mark int not null default -1,
  issued_at timestamptz not null default platform.now(),
  constraint certificate_reference unique (reference),
  constraint certificate_device_key unique (device_key),
  constraint certificate_lengths check (
    octet_length(reference) = 8 and octet_length(device_key) = 32 and octet_length(bytes) = 116),
  constraint certificate_window check (not_before < expires_at),
  constraint certificate_mark check (mark between -1 and 16777215)
);
create index certificate_of_credential on payment_codes.certificate (credential, expires_at);
create index certificate_of_card on payment_codes.certificate (card, issued_at);

-- Which code was accepted under each counter, and where first.
create table payment_codes.certificate_use (
  certificate bigint not null references payment_codes.certificate (id),
  counter int not null,
  -- SHA-256 of the 187 bytes.
  digest bytea not null,
  terminal bigint not null,
  used_at timestamptz not null default platform.now(),
  constraint certificate_use_once primary key (certificate, counter)
);

-- Certificates that are no longer good before their time. Whoever lists waits for nobody: the number of the list that first
-- has it, and of the list that has it no more, are given when a list is made.
create table payment_codes.hotlist_entry (
  reference bytea primary key,
  not_after timestamptz not null,
  reason text not null,
  listed_at timestamptz not null default platform.now(),
  version bigint,
  removed_in bigint,
  constraint hotlist_entry_reason check (reason ~ '^[a-z][a-z_]{0,31}$'),
  constraint hotlist_entry_order check (removed_in > version)
);
create index hotlist_entry_new on payment_codes.hotlist_entry (listed_at) where version is null;
create index hotlist_entry_live on payment_codes.hotlist_entry (not_after) where removed_in is null;

create table payment_codes.hotlist (
  only_one boolean primary key default true,
  -- 0 before the first. Numbers follow the clock, so that a service brought back from a copy goes on above its old ones.
  number bigint not null default 0,
  -- The newest that says something else than the one before.
  changed_number bigint not null default 0,
  made_at timestamptz not null default '-infinity',
  constraint hotlist_only_one check (only_one)
);
insert into payment_codes.hotlist default values;

-- Cash set aside for what terminals without a network sell to one phone.
create table payment_codes.allowance (
  credential bigint primary key references payment_codes.credential (id),
  card bigint not null,
  hold bigint not null unique,
  amount bigint not null,
  ends_at timestamptz not null,
  constraint allowance_amount check (amount between 1 and 1000000000000)
);
create index allowance_of_card on payment_codes.allowance (card);
create index allowance_due on payment_codes.allowance (ends_at);

grant select on payment_codes.certificate, payment_codes.certificate_use, payment_codes.hotlist_entry, payment_codes.hotlist,
  payment_codes.allowance to campus_app;
grant select, update on payment_codes.offline_policy, payment_codes.limit_class to campus_app;
grant select, insert, update on payment_codes.issuer_key, payment_codes.challenge to campus_app;

select platform.count_changes('offline', 'payment_codes.offline_policy');
select platform.count_changes('offline', 'payment_codes.limit_class');
select platform.count_changes('offline', 'payment_codes.issuer_key');

-- A card that nobody may pay with takes its certificates along, in the same transaction.
create function payment_codes.follow_card() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform payment_codes.hotlist_credentials(
    array(select k.id from payment_codes.credential k where k.card = new.id and k.status = 'active'), 'card_' || new.status);
  if new.status = 'closed' then perform payment_codes.end_allowances(new.id); end if;
  return null;
end $$;
create trigger certificates_follow_card after update of status on cards.card
  for each row when (new.status <> 'active' and old.status is distinct from new.status)
  execute function payment_codes.follow_card();

create trigger mark_never_falls before update on payment_codes.certificate
  for each row when (new.mark < old.mark) execute function platform.refuse_change();
select platform.keep_columns('payment_codes.certificate', '{mark}', 'statement');
select platform.make_append_only('payment_codes.certificate_use');
