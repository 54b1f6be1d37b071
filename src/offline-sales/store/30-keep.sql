-- Keeps a record as it came, with what was decided about it. What is to be sold is kept first and sold in the same
-- transaction.
create or replace function offline_sales.keep(p_record jsonb) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  r offline_sales.record;
  v_id bigint;
begin
  r := jsonb_populate_record(null::offline_sales.record, p_record);
  insert into offline_sales.record (terminal, sequence, hash, text, signature, order_no, short_number, amount, occurred_at,
    hotlist_version, place, merchant, certificate, counter, digest, card, decision, reason, bears, payment)
  values (r.terminal, r.sequence, r.hash, r.text, r.signature, r.order_no, r.short_number, r.amount, r.occurred_at,
    r.hotlist_version, r.place, r.merchant, r.certificate, r.counter, r.digest, r.card, r.decision, r.reason, r.bears,
    r.payment)
  returning id into v_id;
  if r.decision = 'replayed' and r.reason <> 'scanned_again' then
    insert into payment_codes.alarm (kind, terminal) values ('code_replayed', r.terminal);
  end if;
  return v_id;
end $$;

-- The card's owner bought it: a payment is made of a record that is kept.
create or replace function offline_sales.sell(
  p_record bigint, p_sale_sequence bigint, p_credit bigint, p_kinds text, p_credential bigint, p_payer text
) returns table (payment bigint, decision text, owed bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  r offline_sales.record;
  s record;
begin
  select * into strict r from offline_sales.record x where x.id = p_record for no key update;
  if r.decision <> 'quarantined' or r.checker is not null then
    raise exception 'record % is decided', p_record using errcode = 'CP007';
  end if;
  select * into strict s
  from payments.settle_offline(r.terminal, r.order_no, r.hash, p_sale_sequence, r.short_number, r.place, r.merchant, p_credit,
    p_kinds, r.card, p_credential, p_payer, r.amount, r.occurred_at, r.certificate, r.counter, r.digest);
  update offline_sales.record x
  set decision = s.decision, reason = null, bears = 'cardholder', payment = s.payment, owed = s.owed,
    decided_at = platform.now()
  where x.id = p_record;
  return query select s.payment, s.decision, s.owed;
end $$;

-- A phone that signed two codes under one counter is no phone of ours: it ends at once, and the office is told.
create or replace function offline_sales.end_phone(p_credential bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform payment_codes.hotlist_credentials(array[p_credential], 'code_doubled');
  if not exists (select from payment_codes.credential k where k.id = p_credential and k.status = 'active') then
    return false;
  end if;
  perform payment_codes.close_phone(p_credential);
  insert into payment_codes.alarm (kind, credential) values ('code_doubled', p_credential);
  insert into platform.outbox (type, payload)
  select 'credential.closed', jsonb_build_object('credential', k.id::text, 'card', c.id::text, 'cardholder', c.cardholder::text)
  from payment_codes.credential k join cards.card c on c.id = k.card where k.id = p_credential;
  return true;
end $$;
