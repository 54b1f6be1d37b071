-- What passes a gate's place sells to phones, and who ordered which.

create table gates.offer (
  id bigint generated always as identity constraint offer_pkey primary key,
  -- Who sells it: its merchant gets the money.
  place bigint not null constraint offer_of_gate references gates.gate (place),
  name_zh text not null constraint offer_name_zh_some check (name_zh <> ''),
  name_en text not null constraint offer_name_en_some check (name_en <> ''),
  -- Where the pass lets its card in; the place that sells it among them.
  places bigint[] not null constraint offer_good_where_it_is_sold check (place = any (places)),
  groups text[] not null constraint offer_groups_known
    check (cardinality(groups) > 0 and groups <@ array['student', 'staff', 'guest']),
  -- Good for so many days, the day of the purchase included.
  days int not null constraint offer_days_range check (days between 1 and 400),
  from_time time not null,
  until_time time not null,
  -- Entries; null is any number.
  uses int constraint offer_uses_range check (uses between 1 and 10000),
  -- Fen.
  amount bigint not null constraint offer_amount_range check (amount between 1 and 1000000000000),
  offered_by bigint not null,
  offered_at timestamptz not null default platform.now(),
  withdrawn_at timestamptz,
  constraint offer_hours_in_order check (from_time < until_time)
);
create index offer_of_place on gates.offer (place) where withdrawn_at is null;
-- Whoever ordered it got what it said then: another price is another offer.
create trigger offer_stays before update on gates.offer
  for each row when ((new.place, new.places, new.groups, new.days, new.from_time, new.until_time, new.uses, new.amount)
    is distinct from (old.place, old.places, old.groups, old.days, old.from_time, old.until_time, old.uses, old.amount)
    or old.withdrawn_at is not null) execute function platform.refuse_change();

-- Kept before anything is paid; its pass is given once, when its payment is approved.
create table gates.pass_order (
  order_no uuid constraint pass_order_pkey primary key,
  -- What tells two orders under one number apart.
  hash bytea not null,
  offer bigint not null constraint pass_order_of_offer references gates.offer (id),
  card bigint not null,
  cardholder bigint not null,
  amount bigint not null constraint pass_order_amount_range check (amount > 0),
  ordered_at timestamptz not null default platform.now(),
  pass bigint constraint pass_order_once unique references gates.pass (id)
);
create index pass_order_open on gates.pass_order (ordered_at) where pass is null;
create trigger delivered_once before update on gates.pass_order
  for each row when (old.pass is not null) execute function platform.refuse_change();

-- One that was bought on a phone was given by nobody.
alter table gates.pass alter column given_by drop not null,
  add constraint pass_given_or_paid check (given_by is not null or payment is not null);

alter table gates.incident drop constraint incident_kind_known, add constraint incident_kind_known
  check (kind in ('entered_again', 'left_without_visit', 'passed_late', 'exit_forgotten', 'hold_lost', 'pass_refunded_after_use'));

grant select on gates.offer, gates.pass_order to campus_app;
