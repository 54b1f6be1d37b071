-- Rooms with meters, who lives in them, the credit that was bought for a meter, and what its readings used up.

create schema meters;
grant usage on schema meters to campus_app;

create table meters.room (
  id bigint generated always as identity constraint room_pkey primary key,
  building text not null constraint room_building_length check (char_length(building) between 1 and 64),
  number text not null constraint room_number_length check (char_length(number) between 1 and 32),
  constraint room_once unique (building, number)
);

-- Who sees a room and may buy credit for it, from when until when.
create table meters.resident (
  room bigint not null references meters.room (id),
  cardholder bigint not null,
  since timestamptz not null default platform.now(),
  until timestamptz,
  constraint resident_pkey primary key (room, cardholder, since)
);
create unique index resident_now on meters.resident (cardholder, room) where until is null;

-- Electricity is counted in watt-hours, water in liters: whole numbers, as prices are fen for so many of them.
create table meters.meter (
  id bigint generated always as identity constraint meter_pkey primary key,
  room bigint not null references meters.room (id),
  kind text not null constraint meter_kind_known check (kind in ('electricity', 'water')),
  -- Sells the credit; terminals of this place bring readings.
  place bigint not null references places.place (id),
  -- The number on the device, which changes when it is replaced.
  device bigint not null constraint meter_device_range check (device between 1 and 4294967295),
  -- Without a network it takes tickets and counts down by itself.
  networked boolean not null,
  price bigint not null constraint meter_price_range check (price between 1 and 1000000),
  per bigint not null constraint meter_per_range check (per between 1 and 1000000000),
  -- Units of a day above which no reading is believed.
  daily_most bigint not null constraint meter_daily_most_range check (daily_most between 1 and 1000000000),
  -- Fen: below this the residents are warned, once.
  warn_below bigint not null constraint meter_warn_range check (warn_below between 0 and 1000000000),
  -- Fen. Readings may take it below zero: the meter decides when it cuts.
  credit bigint not null default 0,
  -- Units times price that are no whole fen yet: what the next reading begins with.
  rest bigint not null default 0,
  reading bigint not null constraint meter_reading_range check (reading between 0 and 100000000000),
  read_at timestamptz not null default platform.now(),
  warned boolean not null default false,
  warnings int not null default 0,
  constraint meter_once unique (room, kind),
  constraint meter_device_once unique (device)
);
create index meter_of_place on meters.meter (place);

-- An order of credit, written before its sale is decided; the sale under the same number, of the same terminal, delivers
-- it. One of a phone is of the place's counter and has its buyer.
create table meters.purchase (
  id bigint generated always as identity constraint purchase_pkey primary key,
  order_no uuid not null,
  meter bigint not null references meters.meter (id),
  terminal bigint not null,
  cardholder bigint,
  ordered_at timestamptz not null default platform.now(),
  payment bigint constraint purchase_payment_once unique,
  payment_decided_at timestamptz,
  delivered_at timestamptz,
  -- Fen: what was delivered, what was taken back since, and what was paid back after it had been used.
  credited bigint not null default 0,
  taken_back bigint not null default 0,
  lost bigint not null default 0,
  constraint purchase_order_once unique (order_no, terminal),
  constraint purchase_delivered_whole check ((payment is null) = (delivered_at is null)
    and (payment is null) = (payment_decided_at is null) and (payment is null) = (credited = 0)),
  constraint purchase_back_within check (taken_back >= 0 and lost >= 0 and taken_back + lost <= credited)
);
create index purchase_open on meters.purchase (ordered_at) where payment is null;
create index purchase_of_meter on meters.purchase (meter, id);

-- What a meter said, as it was charged: units since the reading before, at the price of that day.
create table meters.reading (
  id bigint generated always as identity constraint reading_pkey primary key,
  meter bigint not null references meters.meter (id),
  device bigint not null,
  value bigint not null,
  units bigint not null constraint reading_never_falls check (units >= 0),
  price bigint not null,
  per bigint not null,
  -- Before and after: units times price that were no whole fen.
  rest_before bigint not null,
  rest bigint not null,
  -- A meter without a network has counted down by itself: its readings cost nothing more.
  charges boolean not null,
  charged bigint not null,
  taken_at timestamptz not null,
  source text not null constraint reading_source_known check (source in ('terminal', 'office', 'first', 'last')),
  -- Who brought it: a terminal, or a member of staff.
  brought_by bigint not null,
  kept_at timestamptz not null default platform.now(),
  constraint reading_once unique (meter, device, taken_at),
  constraint reading_value_range check (value between 0 and 100000000000),
  constraint reading_charged_exactly check (case when charges
    then charged * per + rest = rest_before + units * price and rest >= 0 and rest < per else charged = 0 and rest = 0 end)
);
select platform.make_append_only('meters.reading');

-- A top-up for a meter without a network: its number rises with each of a device, its total counts all units so far.
create table meters.ticket (
  id bigint generated always as identity constraint ticket_pkey primary key,
  meter bigint not null references meters.meter (id),
  device bigint not null,
  number bigint not null constraint ticket_number_range check (number between 1 and 4294967295),
  units bigint not null constraint ticket_units_some check (units > 0),
  total bigint not null constraint ticket_total_range check (total between 1 and 4294967295),
  amount bigint not null constraint ticket_amount_some check (amount > 0),
  issued_at timestamptz not null default platform.now(),
  constraint ticket_once unique (device, number)
);
create index ticket_of_meter on meters.ticket (meter, id);
select platform.make_append_only('meters.ticket');

-- The statement of a meter: what changed its credit, one line after the other.
create table meters.movement (
  id bigint generated always as identity constraint movement_pkey primary key,
  meter bigint not null references meters.meter (id),
  kind text not null constraint movement_kind_known check (kind in ('purchase', 'take_back', 'reading', 'ticket', 'moved')),
  amount bigint not null,
  credit bigint not null,
  purchase bigint references meters.purchase (id),
  reading bigint constraint movement_reading_once unique references meters.reading (id),
  ticket bigint constraint movement_ticket_once unique references meters.ticket (id),
  happened_at timestamptz not null default platform.now(),
  constraint movement_says_why check ((purchase is not null) = (kind in ('purchase', 'take_back'))
    and (reading is not null) = (kind in ('reading', 'moved')) and (ticket is not null) = (kind = 'ticket'))
);
create index movement_of_meter on meters.movement (meter, id);
select platform.make_append_only('meters.movement');

-- What the office should look at.
create table meters.incident (
  id bigint generated always as identity constraint incident_pkey primary key,
  kind text not null constraint incident_kind_known
    check (kind in ('paid_back_after_use', 'reading_falls', 'reading_unlikely')),
  meter bigint not null references meters.meter (id),
  purchase bigint references meters.purchase (id),
  -- What was said, or the fen that were used already.
  value bigint not null,
  happened_at timestamptz not null default platform.now()
);
create index incident_of_meter on meters.incident (meter, id);

grant select on all tables in schema meters to campus_app;
