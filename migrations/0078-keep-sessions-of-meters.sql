-- One use of a metered device: what it holds, what the device says was used, and what that cost.

-- What a device does for a price that is known before: a wash, a drying. Where a place has any, a session there names one.
create table meters.programme (
  place bigint not null references places.place (id),
  code text not null constraint programme_code_form check (code ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  name_zh text not null,
  name_en text not null,
  amount bigint not null constraint programme_amount_range check (amount between 1 and 1000000000000),
  -- The longest that it may take.
  seconds int not null constraint programme_seconds_range check (seconds between 30 and 86400),
  constraint programme_pkey primary key (place, code)
);

create table meters.session_policy (
  single boolean constraint session_policy_key primary key default true constraint session_policy_single check (single),
  -- How many devices one card may run at a time.
  at_once int not null constraint session_policy_at_once_range check (at_once between 1 and 100)
);
insert into meters.session_policy (at_once) values (2);

create table meters.session (
  id bigint generated always as identity constraint session_pkey primary key,
  terminal bigint not null,
  order_no uuid not null,
  place bigint not null,
  merchant bigint not null,
  card bigint not null,
  cardholder bigint not null,
  payment bigint not null constraint session_of_one_payment unique,
  payment_decided_at timestamptz not null,
  -- Its price list's name for it; null: by the unit.
  programme text,
  programme_zh text,
  programme_en text,
  unit text not null constraint session_unit_known check (unit in ('liter', 'kwh', 'minute')),
  unit_price bigint not null constraint session_unit_price_range check (unit_price between 1 and 1000000000000),
  -- What is held, and the most that it costs. Fen.
  amount bigint not null constraint session_amount_range check (amount between 1 and 1000000000000),
  began_at timestamptz not null,
  -- When the clock ends it. The money is held longer, so that a service that was away then can still take what was used.
  expires_at timestamptz not null,
  -- What was reported last. A reading is in thousandths of the unit, from the beginning of the session.
  last_progress uuid,
  last_sequence int not null default 0,
  last_reading bigint not null default 0,
  reported_at timestamptz,
  stop_asked_at timestamptz,
  ended_at timestamptz,
  end_reason text constraint session_end_known check (end_reason in ('final', 'expired', 'office', 'taken_back', 'declined')),
  -- What it cost in the end. Fen.
  charged bigint constraint session_charged_range check (charged between 0 and amount),
  constraint session_order unique (order_no, terminal),
  constraint session_ended_whole check ((ended_at is null) = (end_reason is null) and (ended_at is null) = (charged is null)),
  constraint session_programme_whole check
    ((programme is null) = (programme_zh is null) and (programme is null) = (programme_en is null)),
  constraint session_reported_whole check
    ((last_progress is null) = (reported_at is null) and (last_progress is null) = (last_sequence = 0)),
  constraint session_reading_range check (last_reading between 0 and 1000000000000)
);
-- One device runs for one student at a time.
create unique index session_open on meters.session (terminal) where ended_at is null;
create index session_open_of_card on meters.session (card) where ended_at is null;
create index session_due on meters.session (expires_at) where ended_at is null;
create index session_of_cardholder on meters.session (cardholder, id);
create trigger ends_once before update on meters.session
  for each row when (old.ended_at is not null) execute function platform.refuse_change();

-- What a device said of a session, once for each number; late: after the end, so that it changed nothing.
create table meters.progress (
  progress_no uuid not null,
  terminal bigint not null,
  session bigint not null references meters.session (id),
  sequence int not null constraint progress_sequence_range check (sequence > 0),
  reading bigint not null constraint progress_reading_range check (reading between 0 and 1000000000000),
  final boolean not null,
  late boolean not null,
  occurred_at timestamptz not null,
  noted_at timestamptz not null default platform.now(),
  constraint progress_pkey primary key (progress_no, terminal)
);
create index progress_of_session on meters.progress (session, sequence);
create trigger stays before update or delete on meters.progress for each row execute function platform.refuse_change();

-- What the office should look at. silent: a session ended of which its device never said a word. late_progress: it said
-- more after the end. over_hold: it gave more than was held. reading_fell: it counted backwards. hold_lost: the money was
-- gone before the session ended.
create table meters.device_alarm (
  id bigint generated always as identity constraint device_alarm_pkey primary key,
  kind text not null constraint device_alarm_kind_known
    check (kind in ('silent', 'late_progress', 'over_hold', 'reading_fell', 'hold_lost')),
  terminal bigint not null,
  session bigint not null references meters.session (id),
  -- What the device said, and what that would have cost beyond what was paid. Fen.
  reading bigint not null,
  amount bigint not null,
  raised_at timestamptz not null default platform.now()
);
create index device_alarm_of_session on meters.device_alarm (session);

grant select on meters.programme, meters.session_policy, meters.session, meters.progress, meters.device_alarm to campus_app;
