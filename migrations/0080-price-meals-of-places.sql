-- Whom a place serves, and what a fixed one costs at a meal or for a group, where that is not its tariff's amount.

-- Null: everybody.
alter table places.place add column serves text[] constraint place_serves_somebody check (cardinality(serves) between 1 and 8);

create table places.price (
  id bigint generated always as identity constraint price_pkey primary key,
  place bigint not null constraint price_place_fkey references places.place (id),
  -- Null: at any time, or for everybody.
  meal text,
  group_code text,
  amount bigint not null constraint price_amount_range check (amount between 1 and 1000000000000),
  constraint price_once unique nulls not distinct (place, meal, group_code),
  constraint price_is_special check (meal is not null or group_code is not null)
);
grant select, insert, delete on places.price to campus_app;
select platform.count_changes('places', 'places.price');
