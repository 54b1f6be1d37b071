-- Meal periods; limits of a sale, a meal, a day and a month for each group and each card; which purses pay where, and in
-- which order for each group.

-- When the campus eats, in campus time. A period may not cross midnight, and no two overlap.
create table places.meal_period (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  from_time time not null,
  until_time time not null,
  constraint meal_period_code check (code ~ '^[a-z][a-z-]{0,31}$'),
  constraint meal_period_not_over_midnight check (from_time < until_time),
  constraint meal_period_of_whole_minutes
    check (extract(second from from_time) = 0 and extract(second from until_time) = 0),
  -- Judged at the end, so that neighbors can move their common border.
  constraint meal_period_alone exclude using gist (
    int4range((extract(epoch from from_time) / 60)::int, (extract(epoch from until_time) / 60)::int) with &&
  ) deferrable initially deferred
);
insert into places.meal_period (code, name_zh, name_en, from_time, until_time) values
  ('breakfast', '早餐', 'breakfast', '06:30', '09:30'),
  ('lunch', '午餐', 'lunch', '10:30', '13:30'),
  ('dinner', '晚餐', 'dinner', '16:30', '19:30'),
  ('late-supper', '夜宵', 'late supper', '20:30', '23:00');
grant select, insert, update, delete on places.meal_period to campus_app;
select platform.count_changes('meals', 'places.meal_period');

-- What a card of the group may spend: null is no limit. Limits of a meal count within a meal period only.
alter table cards.group_limit
  alter column day_limit drop not null,
  add column sale_limit bigint constraint group_limit_sale check (sale_limit > 0),
  add column meal_limit bigint constraint group_limit_meal check (meal_limit > 0),
  add column meal_count_limit int constraint group_limit_meal_count check (meal_count_limit > 0),
  add column day_count_limit int constraint group_limit_day_count check (day_count_limit > 0),
  add column month_limit bigint constraint group_limit_month check (month_limit > 0),
  add column month_count_limit int constraint group_limit_month_count check (month_count_limit > 0);

-- A card's own figures go before its group's; null is the group's. `spent_on` is the day of the last sale that counted,
-- and tells day and month; `meal_on` and `meal` tell the meal. Counts of another window are worth nothing.
alter table cards.card
  alter column day_limit drop not null,
  add column sale_limit bigint constraint card_sale_limit check (sale_limit > 0),
  add column meal_limit bigint constraint card_meal_limit check (meal_limit > 0),
  add column meal_count_limit int constraint card_meal_count_limit check (meal_count_limit > 0),
  add column day_count_limit int constraint card_day_count_limit check (day_count_limit > 0),
  add column month_limit bigint constraint card_month_limit check (month_limit > 0),
  add column month_count_limit int constraint card_month_count_limit check (month_count_limit > 0),
  add column month_amount bigint not null default 0,
  add column month_count int not null default 0,
  add column meal_on date,
  add column meal text,
  add column meal_amount bigint not null default 0,
  add column meal_count int not null default 0,
  -- The cardholder's, kept beside the limits so that a sale needs one probe; a trigger follows every change.
  add column group_code text references cards.group_limit (group_code),
  add column group_xid xid8 not null default pg_current_xact_id();
update cards.card c set
  group_code = h.group_code,
  day_limit = nullif(c.day_limit, g.day_limit),
  month_amount = c.spent_amount, month_count = c.spent_count
from cardholders.cardholder h, cards.group_limit g
where h.id = c.cardholder and g.group_code = h.group_code;
alter table cards.card alter column group_code set not null;
create index card_group_changed on cards.card (group_xid);

create function cards.take_group() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  select h.group_code into new.group_code from cardholders.cardholder h where h.id = new.cardholder;
  return new;
end $$;
create trigger take_group before insert on cards.card for each row execute function cards.take_group();

create function cards.follow_group() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update cards.card c set group_code = new.group_code, group_xid = pg_current_xact_id()
  where c.cardholder = new.id and c.group_code <> new.group_code;
  return null;
end $$;
create trigger cards_follow_group after update of group_code on cardholders.cardholder
  for each row execute function cards.follow_group();

-- A kind of purse and where its money is good: null is everywhere, or at any time. Its code is the kind of the card's
-- accounts in the ledger, so it may be none of the house's own kinds.
create table cards.purse_kind (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  place_kinds text[],
  places bigint[],
  meals text[],
  constraint purse_kind_code check (length(code) <= 32 and code <> 'subsidy-expense'
    and code ~ '^(cash|subsidy|(subsidy|coupon)-[a-z]+(-[a-z]+)*)$'),
  constraint purse_kind_cash_is_good_everywhere
    check (code <> 'cash' or (place_kinds is null and places is null and meals is null)),
  constraint purse_kind_good_somewhere
    check (cardinality(place_kinds) > 0 and cardinality(places) > 0 and cardinality(meals) > 0)
);
insert into cards.purse_kind (code, name_zh, name_en, place_kinds, meals) values
  ('cash', '现金', 'cash', null, null),
  ('subsidy', '补贴', 'subsidy', array['canteen'], null),
  ('subsidy-breakfast', '早餐补贴', 'breakfast subsidy', array['canteen'], array['breakfast']);

-- In which order a group's purses pay; a kind that is not named here pays nothing. Within a kind the earliest expiry
-- pays first.
create table cards.purse_order (
  group_code text not null references cards.group_limit (group_code),
  position int not null constraint purse_order_counts_from_one check (position > 0),
  kind text not null references cards.purse_kind (code),
  constraint purse_order_place primary key (group_code, position),
  constraint purse_order_once unique (group_code, kind)
);
insert into cards.purse_order (group_code, position, kind)
select g.group_code, k.position, k.kind
from cards.group_limit g,
  (values (1, 'subsidy-breakfast'), (2, 'subsidy'), (3, 'cash')) k (position, kind);

grant insert, update on cards.purse_kind to campus_app;
grant insert, delete on cards.purse_order to campus_app;
grant select on cards.purse_kind, cards.purse_order to campus_app;
grant update on cards.group_limit to campus_app;
select platform.count_changes('purses', 'cards.purse_kind');
select platform.count_changes('purses', 'cards.purse_order');
