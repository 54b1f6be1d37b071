-- What terminals sold without the service: every record that they brought, in the very bytes that they signed, how it was
-- decided, and what waits for two people.

create schema offline_sales;
grant usage on schema offline_sales to campus_app;

create table offline_sales.policy (
  only_one boolean constraint policy_pkey primary key default true,
  -- What the house bears for one terminal in a business day, of sales that nobody else owes. Fen.
  loss_a_day bigint not null default 6000,
  constraint policy_only_one check (only_one),
  constraint policy_loss_range check (loss_a_day between 0 and 1000000000000)
);
insert into offline_sales.policy default values;

-- Where a terminal's records end: the next one follows this one, or something is wrong.
create table offline_sales.chain (
  terminal bigint constraint chain_pkey primary key,
  sequence bigint not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  -- Of the last record that could be read; nothing before the first.
  occurred_at text,
  monotonic bigint,
  boot uuid,
  hotlist_version bigint not null default 0,
  -- Why it sells nothing by itself until two people have looked; null while all is well.
  stopped_by text,
  stopped_at timestamptz,
  stopped_sequence bigint,
  -- The two people's word that ended the last stop.
  resumed_by bigint,
  constraint chain_hash_length check (octet_length(hash) = 32),
  constraint chain_stopped_whole check ((stopped_by is null) = (stopped_at is null))
);

create table offline_sales.record (
  id bigint generated always as identity constraint record_pkey primary key,
  terminal bigint not null,
  -- As the terminal counts; of one that cannot be read, what it would have been.
  sequence bigint not null,
  hash bytea not null,
  -- What the terminal signed, byte by byte, and its signature.
  text bytea not null,
  signature bytea not null,
  received_at timestamptz not null default platform.now(),
  -- Null where the record cannot be read.
  order_no uuid,
  short_number text,
  amount bigint constraint record_amount_range check (amount between 1 and 1000000000000),
  occurred_at timestamptz,
  hotlist_version bigint,
  place bigint not null,
  merchant bigint not null,
  -- Null where the code in it is nobody's.
  certificate bigint,
  counter int,
  digest bytea,
  card bigint,
  -- How it was decided, and what for.
  decision text not null,
  reason text,
  -- Who pays for the goods that are gone; null while two people have yet to decide.
  bears text,
  -- The sale it became, or that it is the same as.
  payment bigint,
  -- What the cardholder owed for it when it was decided.
  owed bigint not null default 0 constraint record_owed_range check (owed between 0 and amount),
  decided_at timestamptz not null default platform.now(),
  -- What the house paid the merchant for it, by two people's word.
  paid bigint not null default 0,
  entry bigint,
  paid_at timestamptz,
  -- The two people's word about it, and what it was.
  approval bigint,
  maker bigint,
  checker bigint,
  released boolean,
  constraint record_once unique (terminal, hash),
  constraint record_decision_known check (
    decision in ('captured', 'posted', 'owed', 'replayed', 'refused', 'quarantined')),
  constraint record_bears_known check (bears in ('cardholder', 'merchant', 'house')),
  constraint record_paid_whole check ((paid > 0) = (entry is not null) and (entry is null) = (paid_at is null)
    and (paid > 0) = (bears is not distinct from 'house')),
  constraint record_sold_whole check (decision not in ('captured', 'posted', 'owed')
    or (payment is not null and bears = 'cardholder' and card is not null)),
  constraint record_owes_what_was_owed check ((owed > 0) = (decision = 'owed')),
  constraint record_waits_or_is_borne check ((bears is null) <= (decision in ('quarantined', 'replayed'))
    and (decision = 'quarantined') <= (bears is null)),
  constraint record_says_why check (decision in ('captured', 'posted', 'owed') or reason is not null),
  constraint record_takes_two_people check (maker <> checker)
);
create index record_of_sequence on offline_sales.record (terminal, sequence, id);
create index record_of_code on offline_sales.record (certificate, counter) where certificate is not null;
create index record_of_card on offline_sales.record (card, id) where card is not null;
create index record_of_payment on offline_sales.record (payment) where payment is not null;
create index record_by_decision on offline_sales.record (decision, id);
create index record_paid on offline_sales.record (paid_at) where paid_at is not null;

select platform.keep_rows('offline_sales.record');
select platform.keep_columns('offline_sales.record',
  '{decision,reason,bears,payment,owed,decided_at,paid,entry,paid_at,approval,maker,checker,released}', 'statement');
-- What was sold stays sold, what was paid stays paid; only what waits for two people may become something else.
create trigger moves_forward before update on offline_sales.record
  for each row when (
    old.checker is not null
    or (old.bears is not null and
      (new.decision, new.reason, new.bears, new.payment, new.owed, new.decided_at, new.paid, new.entry, new.paid_at)
        is distinct from
      (old.decision, old.reason, old.bears, old.payment, old.owed, old.decided_at, old.paid, old.entry, old.paid_at))
    or (old.decision = 'replayed' and new.decision <> 'replayed')
  ) execute function platform.refuse_change();

grant select on all tables in schema offline_sales to campus_app;
