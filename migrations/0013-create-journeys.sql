-- Campaigns that fill the one offer slot on a receipt's page, and what was decided for each receipt.

create schema journeys;
grant usage on schema journeys to campus_app;

create table journeys.campaign (
  id bigint generated always as identity primary key,
  name text not null,
  offer_zh text not null,
  offer_en text not null,
  link text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Null: everywhere.
  places bigint[],
  audience jsonb not null,
  -- Which word of the cardholder it needs; a refusal always keeps it away.
  consent text not null,
  product text not null,
  daily_cap int not null,
  priority int not null,
  status text not null,
  created_by bigint not null,
  created_at timestamptz not null default platform.now(),
  changed_by bigint not null,
  changed_at timestamptz not null default platform.now(),
  constraint campaign_window check (starts_at < ends_at),
  constraint campaign_places_not_empty check (cardinality(places) > 0),
  constraint campaign_consent check (consent in ('not_refused', 'granted')),
  constraint campaign_product check (product in ('campus', 'payment', 'savings', 'insurance', 'credit')),
  constraint campaign_daily_cap check (daily_cap between 1 and 1000000),
  constraint campaign_priority check (priority between 1 and 9),
  constraint campaign_status check (status in ('draft', 'live', 'stopped')),
  constraint campaign_link check (link ~ '^(https://[^/]|/([^/\\]|$))')
);
create index campaign_live on journeys.campaign (priority desc, id) where status = 'live';

-- How often a campaign was shown on a campus day: counted under the row's lock, never above its cap.
create table journeys.campaign_day (
  campaign bigint not null references journeys.campaign (id),
  day date not null,
  shown int not null,
  primary key (campaign, day),
  constraint campaign_day_positive check (shown > 0)
);

-- How many offers a student saw on a campus day.
create table journeys.cardholder_day (
  cardholder bigint not null,
  day date not null,
  shown int not null default 0,
  primary key (cardholder, day),
  constraint cardholder_day_once check (shown between 0 and 1)
);

-- One decision for one receipt: an offer, or the reason why there is none. What was shown is kept as it was.
create table journeys.touch (
  id bigint generated always as identity primary key,
  payment bigint not null,
  cardholder bigint not null,
  place bigint not null,
  campaign bigint references journeys.campaign (id),
  skipped text,
  token text,
  offer_zh text,
  offer_en text,
  link text,
  decided_at timestamptz not null default platform.now(),
  refused_at timestamptz,
  constraint touch_once_per_payment unique (payment),
  constraint touch_token unique (token),
  constraint touch_shown_or_skipped check
    (num_nonnulls(skipped, token) = 1 and num_nonnulls(campaign, token, offer_zh, offer_en, link) in (0, 5)),
  constraint touch_skipped_reason check
    (skipped in ('refused', 'no_campaign', 'no_match', 'no_consent', 'student_cap', 'capped'))
);
create index touch_of_campaign on journeys.touch (campaign) where campaign is not null;

grant select, insert, update on all tables in schema journeys to campus_app;
