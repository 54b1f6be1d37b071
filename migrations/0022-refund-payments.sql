-- Money back after the till's own time: one person proposes, another consents, and what they agreed on goes back once.

create table payments.refund (
  id bigint generated always as identity constraint refund_pkey primary key,
  -- The proposer's own number: the same proposal again is answered as before.
  number uuid not null constraint refund_number_key unique,
  payment bigint not null,
  -- When the payment was decided: with it, the payment is found in its month.
  decided_at timestamptz not null,
  amount bigint not null constraint refund_amount_range check (amount between 1 and 1000000000000),
  reason text not null constraint refund_reason_length check (char_length(reason) between 1 and 200),
  maker bigint not null,
  proposed_at timestamptz not null default platform.now(),
  approval bigint constraint refund_approval_key unique,
  state text not null default 'proposed'
    constraint refund_state_known check (state in ('proposed', 'accepted', 'rejected', 'refunded', 'failed')),
  checker bigint,
  checked_at timestamptz,
  failure text,
  entry bigint,
  refunded_at timestamptz,
  constraint refund_takes_two_people check (maker <> checker),
  constraint refund_checked_whole check (
    (state = 'proposed') = (checker is null) and (checker is null) = (checked_at is null)),
  constraint refund_posted_whole check ((state = 'refunded') = (entry is not null) and (entry is null) = (refunded_at is null)),
  constraint refund_failed_says_why check ((state = 'failed') = (failure is not null))
);
create index refund_of_payment on payments.refund (payment);
create index refund_accepted on payments.refund (id) where state = 'accepted';
create index refund_by_time on payments.refund (refunded_at) where refunded_at is not null;
grant select on payments.refund to campus_app;

-- What was proposed is what is paid, and an end is an end.
create trigger refund_moves_forward before update on payments.refund
  for each row when (
    old.state in ('rejected', 'refunded', 'failed') or (new.state = 'proposed' and old.approval is not null)
    or (new.id, new.number, new.payment, new.decided_at, new.amount, new.reason, new.maker, new.proposed_at)
      is distinct from (old.id, old.number, old.payment, old.decided_at, old.amount, old.reason, old.maker, old.proposed_at)
    or (old.approval is not null and new.approval is distinct from old.approval)
  ) execute function platform.refuse_change();
create trigger refund_is_kept before delete on payments.refund
  for each row execute function platform.refuse_change();
create trigger refund_is_kept_whole before truncate on payments.refund
  for each statement execute function platform.refuse_change();

-- Numbers of payments come from a cached sequence and have no order in time; the moment of the decision does.
drop index payments.payment_of_card;
create index payment_of_card on payments.payment (card, decided_at, id);
