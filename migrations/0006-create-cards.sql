-- The university card of one cardholder: its status, and what it spent today. It outlives phones and plastic.

create schema cards;
grant usage on schema cards to campus_app;

create table cards.card (
  id bigint generated always as identity primary key,
  cardholder bigint not null references cardholders.cardholder (id),
  number text not null unique check (number ~ '^[0-9]{6,20}$'),
  status text not null default 'active' check (status in ('active', 'frozen', 'lost', 'closed')),
  day_limit bigint not null check (day_limit > 0),
  -- What counts towards limits in the business day named beside it; another day's figures are worth nothing.
  spent_on date,
  spent_amount bigint not null default 0,
  spent_count int not null default 0,
  issued_at timestamptz not null default platform.now(),
  status_at timestamptz not null default platform.now()
) with (fillfactor = 60);
create index card_of_cardholder on cards.card (cardholder);

-- What a new card of a group may spend in a day.
create table cards.group_limit (
  group_code text primary key,
  day_limit bigint not null check (day_limit > 0)
);
insert into cards.group_limit values ('student', 50000), ('staff', 100000), ('guest', 20000);

-- Every change of status, by whom.
create table cards.status_change (
  id bigint generated always as identity primary key,
  card bigint not null references cards.card (id),
  status text not null,
  by_kind text not null check (by_kind in ('cardholder', 'staff', 'service')),
  by_id bigint not null,
  at timestamptz not null default platform.now()
);
select platform.make_append_only('cards.status_change');

grant select on all tables in schema cards to campus_app;
grant insert on cards.card, cards.status_change to campus_app;
