-- Devices at places: who they are, which keys sign for them.

create schema terminals;
grant usage on schema terminals to campus_app;

create table terminals.terminal (
  id bigint generated always as identity primary key,
  code text not null unique check (code ~ '^[A-Z][A-Z0-9]{0,5}$'),
  place bigint not null references places.place (id),
  name_zh text not null,
  name_en text not null,
  status text not null default 'active' check (status in ('active', 'revoked')),
  model text,
  software_version text,
  created_at timestamptz not null default platform.now(),
  revoked_at timestamptz
);

create table terminals.terminal_key (
  terminal bigint not null references terminals.terminal (id),
  generation int not null,
  algorithm text not null check (algorithm in ('ed25519', 'ecdsa-p256-sha256')),
  public_key bytea not null unique,
  status text not null default 'active' check (status in ('active', 'retired')),
  enrolled_at timestamptz not null default platform.now(),
  primary key (terminal, generation)
);

-- Only the hash of a one-time code is kept; what it enrolled is kept with it, so that a lost answer can be asked for again.
create table terminals.enrolment_code (
  code_hash bytea primary key,
  terminal bigint not null references terminals.terminal (id),
  expires_at timestamptz not null,
  used_generation int,
  created_at timestamptz not null default platform.now()
);

-- Seen by the service: not part of the terminal's row, so that a heartbeat never waits for a sale.
create table terminals.heartbeat (
  terminal bigint primary key references terminals.terminal (id),
  seen_at timestamptz not null,
  software_version text,
  queued_reversals int not null default 0
);

grant select, insert, update on all tables in schema terminals to campus_app;

select platform.count_changes('terminals', 'terminals.terminal');
select platform.count_changes('terminals', 'terminals.terminal_key');
