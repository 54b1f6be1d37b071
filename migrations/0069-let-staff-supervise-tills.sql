-- Whoever supervises a till: a member of staff with a number and a PIN that are typed there. Only a hash of the PIN rests here;
-- `tries` counts a try before it is judged, so that a burst of parallel guesses gets no more of them than a slow one.
create table staff.supervisor (
  member bigint constraint supervisor_pkey primary key constraint supervisor_member_fkey references staff.member,
  till_number text not null constraint supervisor_till_number_unique unique
    constraint supervisor_till_number_shape check (till_number ~ '^[0-9]{3,8}$'),
  pin_hash text not null,
  -- Where; null is everywhere. To this module a place is a number.
  places bigint[] constraint supervisor_supervises_somewhere check (cardinality(places) between 1 and 100),
  tries int not null default 0 constraint supervisor_tries_not_negative check (tries >= 0),
  locked_until timestamptz,
  set_by bigint not null constraint supervisor_set_by_fkey references staff.member,
  set_at timestamptz not null default platform.now(),
  -- Nobody gives themselves what supervises them.
  constraint supervisor_is_set_by_another check (set_by <> member)
);
grant select, insert, update, delete on staff.supervisor to campus_app;

-- A supervisor's word: for one terminal, once, for two minutes. Only a hash of it rests here.
create table staff.supervision (
  word_hash bytea constraint supervision_pkey primary key constraint supervision_word_is_sha256 check (length(word_hash) = 32),
  member bigint not null constraint supervision_member_fkey references staff.member,
  terminal bigint not null,
  given_at timestamptz not null default platform.now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint supervision_ends_later check (expires_at > given_at)
);
create index supervision_by_time on staff.supervision (given_at);
grant select, insert, delete on staff.supervision to campus_app;
