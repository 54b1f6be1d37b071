-- The people of the office: how they log in, what they may do, what they did, and the second person's consent.

create schema staff;
grant usage on schema staff to campus_app;

create table staff.member (
  id bigint generated always as identity constraint member_pkey primary key,
  name text not null constraint member_name_unique unique
    constraint member_name_shape check (name ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
  display_name text not null constraint member_display_name_length check (length(display_name) between 1 and 100),
  roles text[] not null constraint member_has_roles check (cardinality(roles) > 0),
  status text not null default 'active' constraint member_status_known check (status in ('active', 'closed')),
  -- scrypt with its parameters and salt, as one line.
  password_hash text not null,
  -- The authenticator's secret, sealed by a key that lies outside the database.
  totp_key text not null,
  totp_sealed bytea not null,
  -- A one-time password counts once: the last step that was used.
  totp_last_step bigint not null default 0,
  created_by bigint constraint member_created_by_fkey references staff.member,
  created_at timestamptz not null default platform.now()
);
grant select, insert, update on staff.member to campus_app;

create table staff.login (
  id bigint generated always as identity constraint login_pkey primary key,
  member bigint not null constraint login_member_fkey references staff.member,
  token_hash bytea not null constraint login_token_unique unique
    constraint login_token_is_sha256 check (length(token_hash) = 32),
  created_at timestamptz not null default platform.now(),
  last_seen_at timestamptz not null default platform.now(),
  ended_at timestamptz
);
create index login_of_member on staff.login (member);
grant select, insert, update, delete on staff.login to campus_app;

-- Attempts by name, whether anybody has that name or not, so that a lock tells a stranger nothing.
create table staff.login_attempt (
  name text constraint login_attempt_pkey primary key
    constraint login_attempt_name_length check (length(name) <= 64),
  attempts int not null,
  last_at timestamptz not null
);
create index login_attempt_by_time on staff.login_attempt (last_at);
grant select, insert, update, delete on staff.login_attempt to campus_app;

-- Who did what, when, to which thing, and how it ended. Never a body: it could hold a secret.
create table staff.audit (
  id bigint generated always as identity constraint audit_pkey primary key,
  staff_id bigint constraint audit_staff_fkey references staff.member,
  at timestamptz not null default platform.now(),
  method text not null,
  route text not null,
  target jsonb not null,
  status int not null,
  request_id text not null
);
create index audit_by_staff on staff.audit (staff_id, id);
select platform.make_append_only('staff.audit');
grant select, insert on staff.audit to campus_app;

create table staff.approval (
  id bigint generated always as identity constraint approval_pkey primary key,
  kind text not null constraint approval_kind_shape check (kind ~ '^[a-z-]+\.[a-z-]+$'),
  subject text not null,
  summary text not null,
  maker bigint not null constraint approval_maker_fkey references staff.member,
  proposed_at timestamptz not null default platform.now(),
  state text not null default 'proposed'
    constraint approval_state_known check (state in ('proposed', 'consented', 'rejected')),
  checker bigint constraint approval_checker_fkey references staff.member,
  decided_at timestamptz,
  reason text,
  constraint approval_takes_two_people check (maker <> checker),
  constraint approval_decided_whole check (
    (state = 'proposed') = (checker is null) and (checker is null) = (decided_at is null))
);
create unique index approval_one_open_for_a_subject on staff.approval (kind, subject) where state = 'proposed';
grant select, insert, update on staff.approval to campus_app;

-- A decision is final, and what was proposed is what was decided on.
create function staff.keep_decision() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if old.state <> 'proposed' or (new.kind, new.subject, new.summary, new.maker, new.proposed_at)
      is distinct from (old.kind, old.subject, old.summary, old.maker, old.proposed_at) then
    raise exception 'approval % is decided or was proposed otherwise', old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger approval_decided_once before update on staff.approval
  for each row execute function staff.keep_decision();
