-- A phone's right to make payment codes for one card. Seeds rest sealed; the key that opens them is not in this database.

create schema payment_codes;
grant usage on schema payment_codes to campus_app;

create table payment_codes.credential (
  id bigint generated always as identity primary key,
  card bigint not null references cards.card (id),
  status text not null default 'active' check (status in ('active', 'closed')),
  sealed_seed bytea not null,
  wrapping_key text not null,
  generation int not null default 0,
  alias_seconds int not null check (alias_seconds % 30 = 0 and alias_seconds > 0),
  device_name text not null,
  -- Only ever rises: using a code kills every older one.
  high_water bigint not null default 0,
  synchronised_at timestamptz not null default platform.now(),
  usable_until timestamptz not null,
  created_at timestamptz not null default platform.now(),
  closed_at timestamptz,
  -- Which changes are new to an index that read up to some version.
  xid xid8 not null default pg_current_xact_id()
) with (fillfactor = 60);
create unique index credential_one_phone on payment_codes.credential (card) where status = 'active';
create index credential_changes on payment_codes.credential (xid);

grant select, insert on payment_codes.credential to campus_app;
