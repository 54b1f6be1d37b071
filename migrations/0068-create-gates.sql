-- Who is inside a place with a gate, what let them in, and what it costs them.

create schema gates;
grant usage on schema gates to campus_app;

create table gates.gate (
  place bigint constraint gate_pkey primary key references places.place (id),
  -- Whoever is inside and comes in again: hard refuses, soft lets in and says so, timed refuses for so many minutes.
  passback text not null constraint gate_passback_known check (passback in ('hard', 'soft', 'timed')),
  passback_minutes int constraint gate_passback_range check (passback_minutes between 1 and 1440),
  -- Null: as many as come.
  capacity int constraint gate_capacity_range check (capacity between 1 and 100000),
  opens time not null,
  closes time not null,
  -- Whether a sensor says that somebody went through. Without one, whoever may pass has passed.
  has_sensor boolean not null default true,
  -- What a visit by time costs that nobody ended, at most its own cap. Fen.
  forgotten_amount bigint not null constraint gate_forgotten_range check (forgotten_amount between 0 and 1000000000000),
  constraint gate_opens_before_it_closes check (opens < closes),
  constraint gate_timed_says_how_long check ((passback = 'timed') = (passback_minutes is not null))
);

-- Which group comes in when, and what it costs; a group without a line at that hour stays outside.
create table gates.rule (
  place bigint not null references gates.gate (place),
  group_code text not null constraint rule_group_known check (group_code in ('student', 'staff', 'guest')),
  from_time time not null,
  until_time time not null,
  charge text not null constraint rule_charge_known check (charge in ('free', 'entry', 'time')),
  -- entry: the price; time: the most that a visit costs, held when it begins. Fen.
  amount bigint constraint rule_amount_range check (amount between 1 and 1000000000000),
  minute_price bigint constraint rule_minute_price_range check (minute_price between 1 and 1000000000000),
  constraint rule_pkey primary key (place, group_code, from_time),
  constraint rule_begins_before_it_ends check (from_time < until_time),
  constraint rule_says_its_price check ((amount is null) = (charge = 'free') and (minute_price is not null) = (charge = 'time'))
);

create table gates.pass (
  id bigint generated always as identity constraint pass_pkey primary key,
  card bigint not null,
  cardholder bigint not null,
  places bigint[] not null constraint pass_places_some check (cardinality(places) > 0),
  first_day date not null,
  last_day date not null,
  from_time time not null,
  until_time time not null,
  -- Entries; null is any number.
  uses int constraint pass_uses_range check (uses > 0),
  used int not null default 0,
  -- The sale that paid for it, of the card itself; null: given for nothing.
  payment bigint constraint pass_of_one_payment unique,
  payment_decided_at timestamptz,
  given_by bigint not null,
  given_at timestamptz not null default platform.now(),
  ended_at timestamptz,
  constraint pass_days_in_order check (first_day <= last_day),
  constraint pass_hours_in_order check (from_time < until_time),
  constraint pass_used_within check (used >= 0 and used <= coalesce(uses, used)),
  constraint pass_payment_whole check ((payment is null) = (payment_decided_at is null))
);
create index pass_of_card on gates.pass (card, last_day);

create table gates.visit (
  id bigint generated always as identity constraint visit_pkey primary key,
  place bigint not null,
  merchant bigint not null,
  card bigint not null,
  cardholder bigint not null,
  -- awaited: may pass and has not yet; void: did not pass.
  state text not null constraint visit_state_known check (state in ('awaited', 'inside', 'over', 'void')),
  charge text not null constraint visit_charge_known check (charge in ('free', 'pass', 'entry', 'time')),
  pass bigint,
  payment bigint,
  payment_decided_at timestamptz,
  terminal bigint not null,
  order_no uuid not null,
  amount bigint not null default 0,
  minute_price bigint,
  forgotten_amount bigint not null default 0,
  entered_at timestamptz not null,
  -- When the passage lapses, and when the place closes.
  expires_at timestamptz not null,
  closes_at timestamptz not null,
  ended_at timestamptz,
  end_reason text constraint visit_end_known
    check (end_reason in ('exit', 'forgotten', 'again', 'released', 'not_passed', 'lapsed', 'reversed')),
  -- What it cost in the end. Fen.
  charged bigint not null default 0 constraint visit_charged_range check (charged between 0 and amount),
  constraint visit_ended_whole check ((ended_at is null) = (end_reason is null) and (ended_at is null) = (state in ('awaited', 'inside'))),
  constraint visit_let_in_by_one check ((pass is not null) = (charge = 'pass') and (payment is not null) = (charge in ('entry', 'time'))
    and (payment is null) = (payment_decided_at is null) and (payment is null) = (amount = 0)),
  constraint visit_by_time_says_price check ((minute_price is not null) = (charge = 'time'))
);
-- Nobody is inside twice.
create unique index visit_open on gates.visit (card, place) where ended_at is null;
create index visit_open_of_place on gates.visit (place) where ended_at is null;
create index visit_of_card on gates.visit (card, id);
create index visit_of_pass on gates.visit (pass) where pass is not null;
create trigger ends_once before update on gates.visit
  for each row when (old.ended_at is not null) execute function platform.refuse_change();

-- One scan at a gate, answered once; a tombstone has no hash, since its scan never arrived.
create table gates.passage (
  order_no uuid not null,
  terminal bigint not null,
  hash bytea,
  sequence bigint,
  short_number text,
  place bigint,
  direction text constraint passage_direction_known check (direction in ('entry', 'exit')),
  verdict text constraint passage_verdict_known check (verdict in ('approved', 'declined')),
  reason text,
  state text constraint passage_state_known check (state in ('authorized', 'passed', 'voided', 'declined')),
  card bigint,
  credential bigint,
  counter bigint,
  payer text,
  visit bigint,
  -- entry: what is held; exit: what the visit costs. Fen.
  amount bigint not null default 0,
  occurred_at timestamptz,
  expires_at timestamptz,
  -- Whether the clock ended it, not the gate.
  lapsed boolean not null default false,
  decided_at timestamptz not null,
  constraint passage_pkey primary key (order_no, terminal),
  constraint passage_tombstone check ((hash is null) = (verdict is null) and (verdict is null) = (state is null)),
  constraint passage_declined_says_why check ((verdict = 'declined') = (reason is not null) and (verdict = 'declined') = (state = 'declined'))
);
create index passage_authorized on gates.passage (expires_at) where state = 'authorized';
create trigger verdict_stays before update on gates.passage
  for each row when ((new.hash, new.verdict, new.reason, new.visit, new.amount)
    is distinct from (old.hash, old.verdict, old.reason, old.visit, old.amount)) execute function platform.refuse_change();

-- What the office should look at.
create table gates.incident (
  id bigint generated always as identity constraint incident_pkey primary key,
  kind text not null constraint incident_kind_known
    check (kind in ('entered_again', 'left_without_visit', 'passed_late', 'exit_forgotten', 'hold_lost')),
  place bigint not null,
  card bigint,
  visit bigint,
  happened_at timestamptz not null default platform.now()
);
create index incident_of_place on gates.incident (place, id);

-- What a scan says, for the functions that judge it.
create type gates.scan as (
  terminal bigint, generation int, order_no uuid, hash text, sequence bigint, short_number text, place bigint,
  merchant bigint, credit bigint, kinds text, card bigint, credential bigint, counter bigint, code_generation int,
  payer text, group_code text, guessed text, occurred_at timestamptz
);

grant select on all tables in schema gates to campus_app;
