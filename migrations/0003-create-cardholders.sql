-- The people whom the campus knows, how they prove who they are, and which browsers and phones are signed in for them.

create schema cardholders;
grant usage on schema cardholders to campus_app;

create table cardholders.cardholder (
  id bigint generated always as identity primary key,
  number text not null,
  name text not null,
  name_en text,
  group_code text not null,
  wechat_openid text,
  wechat_unionid text,
  status text not null default 'active',
  created_at timestamptz not null default platform.now(),
  constraint cardholder_number_taken unique (number),
  constraint cardholder_number_shape check (number ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,31}$'),
  constraint cardholder_name_length check (char_length(name) between 1 and 64),
  constraint cardholder_group check (group_code in ('student', 'staff', 'guest')),
  constraint cardholder_status check (status in ('active', 'closed')),
  constraint cardholder_wechat_taken unique (wechat_openid)
);

-- `tries` counts a try before it is judged, so that a burst of parallel guesses gets no more of them than a slow one.
create table cardholders.password (
  cardholder bigint primary key references cardholders.cardholder (id),
  hash text not null,
  tries int not null default 0,
  locked_until timestamptz,
  set_at timestamptz not null default platform.now(),
  constraint password_tries_not_negative check (tries >= 0)
);

-- Only hashes of tokens rest here: a stolen dump signs nobody in.
create table cardholders.sign_in (
  id bigint generated always as identity primary key,
  cardholder bigint not null references cardholders.cardholder (id),
  token_hash bytea not null,
  device_label text not null,
  signed_in_at timestamptz not null default platform.now(),
  used_at timestamptz not null default platform.now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint sign_in_token unique (token_hash)
);
create index sign_in_of_cardholder on cardholders.sign_in (cardholder) where ended_at is null;

create table cardholders.enrolment_link (
  id bigint generated always as identity primary key,
  cardholder bigint not null references cardholders.cardholder (id),
  purpose text not null,
  token_hash bytea not null,
  issued_by bigint,
  issued_at timestamptz not null default platform.now(),
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  constraint enrolment_link_token unique (token_hash),
  constraint enrolment_link_purpose check (purpose in ('enrolment', 'sign-in'))
);

grant select, insert, update on all tables in schema cardholders to campus_app;
