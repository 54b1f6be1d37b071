-- What we asked of the bank, each under a number of our own that is stored before anything is sent: whatever happens to
-- the call, the number finds out what became of it.

create schema bank;
grant usage on schema bank to campus_app;

-- The owner is opaque: for a university card it is the card's id. The bank account itself is never kept, only its tail.
create table bank.agreement (
  id bigint generated always as identity primary key,
  owner bigint not null,
  number uuid not null,
  holder_name text not null,
  account_tail text not null,
  status text not null,
  reason text,
  proposed_at timestamptz not null default platform.now(),
  signed_at timestamptz,
  ended_at timestamptz,
  constraint agreement_number_once unique (number),
  constraint agreement_status_known check (status in ('signing', 'active', 'refused', 'revoked')),
  constraint agreement_account_masked check (length(account_tail) <= 4),
  constraint agreement_ended check ((status in ('refused', 'revoked')) = (ended_at is not null))
);
create unique index agreement_one_for_an_owner on bank.agreement (owner) where status in ('signing', 'active');

create table bank.instruction (
  id bigint generated always as identity primary key,
  number uuid not null,
  kind text not null,
  agreement bigint references bank.agreement (id),
  payee_account text,
  amount bigint not null,
  purpose text not null,
  state text not null default 'claimed',
  reason text,
  bank_reference text,
  attempts int not null default 0,
  claimed_at timestamptz not null default platform.now(),
  -- When it is somebody's turn again: a worker that died leaves it to be found here.
  due_at timestamptz not null default platform.now(),
  called_at timestamptz,
  resolved_at timestamptz,
  -- By the bank's books: this, and not our time, decides the day of the bank's statement.
  booked_at timestamptz,
  constraint instruction_number_once unique (number),
  constraint instruction_amount_positive check (amount between 1 and 1000000000000),
  constraint instruction_state_known
    check (state in ('claimed', 'called', 'unknown', 'succeeded', 'failed', 'cancelled')),
  constraint instruction_of_its_kind check (
    (kind = 'debit' and agreement is not null and payee_account is null)
    or (kind = 'payout' and agreement is null and payee_account is not null)),
  constraint instruction_resolved check ((state in ('succeeded', 'failed', 'cancelled')) = (resolved_at is not null)),
  constraint instruction_booked check ((state = 'succeeded') = (booked_at is not null))
) with (fillfactor = 80);
create index instruction_due on bank.instruction (due_at, id) where resolved_at is null;
create index instruction_booked_at on bank.instruction (booked_at) where state = 'succeeded';

-- What the bank decided stays decided: nothing may turn a resolved instruction into another.
create function bank.refuse_another_end() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'instruction % has its end already: %', old.number, old.state
    using errcode = 'insufficient_privilege';
end $$;
create trigger instruction_ends_once before update on bank.instruction
  for each row when (old.resolved_at is not null) execute function bank.refuse_another_end();

grant select, insert, update on all tables in schema bank to campus_app;
