-- Money into purses: what sales spent is collected from the bank afterwards, and files bring subsidies and top-ups.

create schema funding;
grant usage on schema funding to campus_app;

-- What a card's sales spent of its cash and nobody has asked the bank for yet. Below zero: asked for too much, because a
-- sale was taken back after its collection; the next collection is lowered by it.
create table funding.standing (
  card bigint primary key references cards.card (id),
  missing bigint not null default 0,
  -- The most to ask at a time: halved when the bank refuses an amount for its limit, raised slowly afterwards.
  debit_most bigint not null default 50000 check (debit_most > 0),
  changed_at timestamptz not null default platform.now()
) with (fillfactor = 80);

-- What became of the cash that one entry spent. `amount` is what was asked for it, with whatever was still missing.
create table funding.collection (
  id bigint generated always as identity primary key,
  card bigint not null references cards.card (id),
  cardholder bigint not null,
  payment bigint not null,
  entry bigint not null,
  spent bigint not null,
  amount bigint not null,
  instruction bigint references bank.instruction (id),
  state text not null,
  reason text,
  posted_entry bigint,
  claimed_at timestamptz not null default platform.now(),
  resolved_at timestamptz,
  constraint collection_once_for_an_entry unique (entry),
  constraint collection_once_for_an_instruction unique (instruction),
  constraint collection_spent_positive check (spent > 0),
  constraint collection_amount_not_negative check (amount between 0 and 1000000000000),
  constraint collection_state_known check (state in ('claimed', 'succeeded', 'failed', 'cancelled', 'covered')),
  constraint collection_covered_asks_nothing check ((state = 'covered') = (instruction is null)
    and (instruction is null) = (amount = 0)),
  constraint collection_posted check ((state = 'succeeded') = (posted_entry is not null)),
  constraint collection_resolved check ((state = 'claimed') = (resolved_at is null))
) with (fillfactor = 80);
create index collection_of_payment on funding.collection (payment);
create index collection_of_cardholder on funding.collection (cardholder, id);
create index collection_by_state on funding.collection (state, id);

-- A file of subsidies or top-ups. Its batch number pays once, whoever sends it again.
create table funding.import (
  id bigint generated always as identity primary key,
  kind text not null,
  batch_number text not null,
  usable_until timestamptz,
  sha256 bytea not null,
  lines int not null,
  amount bigint not null,
  state text not null default 'proposed',
  maker bigint not null,
  approval bigint,
  checker bigint,
  proposed_at timestamptz not null default platform.now(),
  decided_at timestamptz,
  posted_at timestamptz,
  constraint import_kind_known check (kind in ('subsidy', 'top-up')),
  constraint import_state_known check (state in ('proposed', 'rejected', 'accepted', 'posted')),
  constraint import_batch_number_shape check (batch_number ~ '^[A-Za-z0-9._-]{1,64}$'),
  constraint import_usable_until_of_subsidies check (kind = 'subsidy' or usable_until is null),
  constraint import_takes_two_people check (maker <> checker),
  constraint import_decided check ((state = 'proposed') = (checker is null)),
  constraint import_posted check ((state = 'posted') = (posted_at is not null))
);
create unique index import_batch_number_once on funding.import (batch_number) where state <> 'rejected';
create index import_accepted on funding.import (id) where state = 'accepted';

create table funding.import_line (
  import bigint not null references funding.import (id),
  line int not null,
  card bigint not null references cards.card (id),
  cardholder bigint not null,
  amount bigint not null,
  entry bigint,
  posted_at timestamptz,
  constraint import_line_once primary key (import, line),
  constraint import_line_amount_positive check (amount between 1 and 1000000000000),
  constraint import_line_posted check ((entry is null) = (posted_at is null))
);
create index import_line_to_post on funding.import_line (import, line) where entry is null;
create index import_line_of_cardholder on funding.import_line (cardholder, posted_at);

-- A line that was paid stays paid: nothing may point it at another entry or amount.
create function funding.refuse_paying_again() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'line % of import % is posted', old.line, old.import using errcode = 'insufficient_privilege';
end $$;
create trigger import_line_pays_once before update on funding.import_line
  for each row when (old.entry is not null) execute function funding.refuse_paying_again();

grant select, insert, update on all tables in schema funding to campus_app;
