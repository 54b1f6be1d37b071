-- Where something is sold, for whom, and what it costs there.

create schema places;
grant usage on schema places to campus_app;

create table places.merchant (
  id bigint generated always as identity primary key,
  name_zh text not null,
  name_en text not null,
  bank_account text,
  created_at timestamptz not null default platform.now()
);

-- entered: the cashier types the amount, up to the maximum; fixed: the place knows it; metered: so much is held, what was
-- used is captured, and the rest is free again when the seconds are over.
create table places.place (
  id bigint generated always as identity primary key,
  merchant bigint not null references places.merchant (id),
  name_zh text not null,
  name_en text not null,
  kind text not null check (kind in ('canteen', 'gym', 'dorm')),
  tariff_type text not null check (tariff_type in ('entered', 'fixed', 'metered')),
  -- entered: the maximum; fixed: the price; metered: the hold. Fen.
  tariff_amount bigint not null check (tariff_amount between 1 and 1000000000000),
  unit text check (unit in ('liter', 'kwh', 'minute')),
  unit_price bigint check (unit_price > 0),
  hold_seconds int check (hold_seconds between 30 and 86400),
  open boolean not null default true,
  created_at timestamptz not null default platform.now(),
  constraint place_metered_says_how check
    ((tariff_type = 'metered') = (unit is not null and unit_price is not null and hold_seconds is not null))
);

grant select, insert, update on all tables in schema places to campus_app;

select platform.count_changes('places', 'places.merchant');
select platform.count_changes('places', 'places.place');
