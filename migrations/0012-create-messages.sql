-- Saying one thing to one cardholder: always in the inbox, and over WeChat while the phone's owner allows it.

create schema messages;
grant usage on schema messages to campus_app;

create table messages.message (
  id bigint generated always as identity primary key,
  cardholder bigint not null,
  purpose text not null,
  kind text not null,
  dedupe_key text not null,
  title_zh text not null,
  title_en text not null,
  body_zh text not null,
  body_en text not null,
  link text,
  said_at timestamptz not null default platform.now(),
  read_at timestamptz,
  constraint message_said_once unique (dedupe_key),
  constraint message_purpose check (purpose in ('service', 'marketing')),
  constraint message_kind check (kind ~ '^[a-z][a-z-]{0,31}$')
);
create index message_of_cardholder on messages.message (cardholder, id);
create index message_unread on messages.message (cardholder) where read_at is null;

-- What a cardholder said about marketing. A refusal is final: no route and no person changes it back.
create table messages.consent (
  cardholder bigint not null,
  purpose text not null,
  state text not null,
  said_at timestamptz not null default platform.now(),
  said_where text not null,
  primary key (cardholder, purpose),
  constraint consent_purpose check (purpose in ('marketing')),
  constraint consent_state check (state in ('granted', 'refused')),
  constraint consent_said_where check (said_where in ('me', 'receipt'))
);

create function messages.keep_refusal() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' or old.state = 'refused' then
    raise exception 'a refusal is final' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger refusal_is_final before update or delete on messages.consent
  for each row execute function messages.keep_refusal();
create trigger refusal_is_final_truncate before truncate on messages.consent
  for each statement execute function messages.keep_refusal();

-- How many messages of a template the owner of an openid still allows. One accept is one message; WeChat offers no way
-- to ask for the number, so it is counted here.
create table messages.allowance (
  openid text not null,
  template text not null,
  remaining int not null default 0,
  refused_at timestamptz,
  primary key (openid, template),
  constraint allowance_not_negative check (remaining >= 0)
);

-- Accepts as they were told: by the phone at once, and by WeChat a little later or not at all. The two stories of one
-- tap are one allowance.
create table messages.accept (
  id bigint generated always as identity primary key,
  openid text not null,
  template text not null,
  told_by text not null,
  -- The phone's own number of the tap.
  tap uuid,
  told_at timestamptz not null default platform.now(),
  confirmed boolean not null default false,
  constraint accept_told_by check (told_by in ('phone', 'wechat')),
  constraint accept_of_phone_has_tap check ((told_by = 'phone') = (tap is not null)),
  constraint accept_once_per_tap unique (openid, template, tap)
);
create index accept_unconfirmed on messages.accept (openid, template) where not confirmed;

-- One attempt to bring a message to a phone. `sending` is leased: when the lease ends without an answer, nobody knows
-- whether the message left. Leases and turns follow the machine's clock, because WeChat does.
create table messages.delivery (
  message bigint primary key references messages.message (id),
  openid text not null,
  template text not null,
  page text not null,
  data jsonb not null,
  state text not null default 'queued',
  -- The allowance was spent to its end by this message: a second try after silence cannot arrive twice.
  was_last boolean not null,
  retried_after_silence boolean not null default false,
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  lease_until timestamptz,
  msgid text,
  code int,
  reason text,
  rid text,
  settled_at timestamptz,
  constraint delivery_state check
    (state in ('queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'expired')),
  constraint delivery_leased_while_sending check ((state = 'sending') = (lease_until is not null))
);
create index delivery_due on messages.delivery (due_at) where state = 'queued';
-- WeChat refuses two calls at once to one openid.
create unique index delivery_one_at_a_time on messages.delivery (openid) where state = 'sending';
create index delivery_of_msgid on messages.delivery (msgid);

-- An openid that is not one of this mini-program's any more.
create table messages.lost_address (
  openid text primary key,
  code int not null,
  lost_at timestamptz not null default platform.now()
);

-- A template that WeChat does not know or has banned: nothing of it is sent before it is tried again.
create table messages.stopped_template (
  template text primary key,
  code int not null,
  stopped_at timestamptz not null default clock_timestamp(),
  try_again_at timestamptz not null
);

-- The whole channel waits: quota used up, or nobody listens.
create table messages.channel_pause (
  only_row boolean primary key default true check (only_row),
  until timestamptz not null default '-infinity',
  code int
);
insert into messages.channel_pause default values;

-- Pushes that were taken in, by what they say: WeChat tells some of them three times.
create table messages.push (
  digest bytea primary key,
  event text not null,
  openid text not null,
  taken_in_at timestamptz not null default platform.now()
);

-- Who came by a link, each visitor once for each thing that was linked. The visitor is a hash and nothing else.
create table messages.landing (
  kind text not null,
  subject bigint not null,
  visitor bytea not null,
  opens int not null default 1,
  landed_at timestamptz not null default platform.now(),
  primary key (kind, subject, visitor),
  constraint landing_kind check (kind in ('receipt', 'offer'))
);

grant select, insert, update on messages.message, messages.consent, messages.allowance, messages.accept,
  messages.delivery, messages.lost_address, messages.stopped_template, messages.channel_pause, messages.landing
  to campus_app;
grant select, insert on messages.push to campus_app;
