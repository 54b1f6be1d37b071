-- A sale may wait for a word of the payer's phone or of the cashier: its verdict is pending, its money is held, and it ends
-- approved or declined, once.

-- What a card of the group pays without a word of its owner: up to an amount, so many sales a day, and never the same sale
-- twice within a time. Null: nobody is asked.
alter table cards.group_limit
  add column asks_above bigint default 20000 constraint group_limit_asks_above check (asks_above > 0),
  add column asks_after int default 10 constraint group_limit_asks_after check (asks_after >= 0),
  add column asks_again interval default '60 seconds'
    constraint group_limit_asks_again check (asks_again > interval '0' and asks_again <= interval '1 hour');
-- When the card's last sale was counted.
alter table cards.card add column spent_at timestamptz;

-- Whether a cashier stands there who can be asked; null is what its kind says.
alter table places.place add column attended boolean;

alter table payments.payment drop constraint payment_verdict_check,
  add constraint payment_verdict_check check (verdict in ('approved', 'declined', 'pending')),
  add constraint payment_pending_is_held check (verdict <> 'pending' or state = 'held');

-- A verdict that was given stays; one that is awaited is given once.
select platform.forget_guard('payments.payment', 'kept_columns');
drop trigger kept_columns on payments.payment;
select platform.keep_columns('payments.payment', '{verdict,reason,state,captured,returned,entry}', 'row');
select platform.forget_guard('payments.payment', 'moves_forward');
drop trigger moves_forward on payments.payment;
create trigger moves_forward before update on payments.payment
  for each row when (
    new.captured < old.captured or new.returned < old.returned
    or (old.entry is not null and new.entry is distinct from old.entry)
    or (old.state in ('declined', 'released', 'reversed') and new.state <> old.state)
    or (new.state = 'held' and new.state <> old.state)
    or (new.state = 'declined' and new.state <> old.state and old.verdict <> 'pending')
    or ((new.verdict, new.reason) is distinct from (old.verdict, old.reason) and old.verdict <> 'pending')
  ) execute function platform.refuse_change();

-- What a pending sale waits for, and how that ended.
create table payments.confirmation (
  payment bigint constraint confirmation_pkey primary key,
  -- When the sale was taken: with it, the payment is found in its month.
  decided_at timestamptz not null,
  card bigint not null,
  -- Whose code was scanned: no other phone confirms.
  credential bigint,
  awaits text not null constraint confirmation_awaits_known check (awaits in ('phone', 'cashier')),
  expires_at timestamptz not null,
  outcome text constraint confirmation_outcome_known
    check (outcome in ('confirmed', 'refused', 'expired', 'withdrawn', 'card_frozen', 'card_lost', 'card_closed', 'terminal_revoked')),
  ended_at timestamptz,
  constraint confirmation_expires_later check (expires_at > decided_at),
  constraint confirmation_of_phone_names_it check (awaits <> 'phone' or credential is not null),
  constraint confirmation_ended_whole check ((outcome is null) = (ended_at is null))
);
create index confirmation_open_by_time on payments.confirmation (expires_at) where outcome is null;
create index confirmation_open_of_card on payments.confirmation (card) where outcome is null;
grant select on payments.confirmation to campus_app;
select platform.keep_rows('payments.confirmation');
select platform.keep_columns('payments.confirmation', '{outcome,ended_at}', 'statement');
create trigger ends_once before update on payments.confirmation
  for each row when (old.outcome is not null) execute function platform.refuse_change();
