-- Makes what is set aside for a card's phones free for a moment, so that a sale can draw on all of the cash, and says what was
-- left of each. Whoever lifts them lays them again, or names their certificates on the hotlist. The card is locked by the
-- caller.
create or replace function payment_codes.lift_allowances(p_card bigint)
returns table (credential bigint, amount bigint, ends_at timestamptz)
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
#variable_conflict use_column
declare
  w payment_codes.allowance;
begin
  for w in delete from payment_codes.allowance x where x.card = p_card returning x.* loop
    return query select w.credential, l.left_over, w.ends_at
      from (select ledger.release_hold(w.hold) as left_over) l where l.left_over > 0;
  end loop;
end $$;

-- Sets cash aside for a phone again, at most what is free: what it sells without a network until then is paid for so far.
create or replace function payment_codes.lay_allowance(p_credential bigint, p_amount bigint, p_ends_at timestamptz)
returns void
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_cash ledger.account;
  v_card bigint;
  v_amount bigint;
begin
  select k.card into strict v_card from payment_codes.credential k where k.id = p_credential;
  select a.* into v_cash from ledger.account a
  where a.owner = v_card and a.kind = 'cash' and a.guarded for no key update;
  v_amount := least(p_amount, v_cash.balance - v_cash.held);
  if v_amount > 0 and p_ends_at > platform.now() then
    insert into payment_codes.allowance (credential, card, hold, amount, ends_at)
    values (p_credential, v_card, ledger.set_aside_allowance(v_cash.id, v_amount, p_ends_at), v_amount, p_ends_at);
  end if;
end $$;
