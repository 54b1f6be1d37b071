-- A visitor's card pays by invitation alone: where and when it says.
alter table cards.card add column by_invitation boolean not null default false;

create table cards.invitation (
  id bigint generated always as identity constraint invitation_pkey primary key,
  card bigint not null constraint invitation_card_fkey references cards.card (id),
  -- Null: everywhere that serves guests.
  places bigint[] constraint invitation_somewhere check (cardinality(places) between 1 and 100),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- The hours of each day, in campus time; null: all day.
  from_time time,
  until_time time,
  invited_by bigint not null,
  invited_at timestamptz not null default platform.now(),
  withdrawn_at timestamptz,
  constraint invitation_ends_later check (ends_at > starts_at),
  constraint invitation_lasts_a_year_at_most check (ends_at <= starts_at + interval '366 days'),
  constraint invitation_hours_whole check ((from_time is null) = (until_time is null)),
  constraint invitation_not_over_midnight check (from_time < until_time)
);
create index invitation_of_card on cards.invitation (card);
grant select, insert on cards.invitation to campus_app;
grant update (withdrawn_at) on cards.invitation to campus_app;
select platform.keep_rows('cards.invitation');
