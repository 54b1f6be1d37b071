-- Money that comes into a card's cash pays first what its sales without a network left owing; and what was paid of that too
-- much, because a sale was given back, returns to the cash. The card is locked here: whoever brings the money locks it before
-- the purse.
create or replace function offline_sales.settle_owed(p_card bigint) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  s record;
begin
  -- Hardly any card owes.
  if ledger.account_of(p_card, 'receivable') is null then return 0; end if;
  perform cards.lock(array[p_card]);
  select * into s from ledger.settle_debt(p_card, 'receivable', 'cash', 'repayment', '{}');
  if s.entry is null then return 0; end if;
  insert into platform.outbox (type, payload)
  select 'owed.settled', jsonb_build_object('card', c.id::text, 'cardholder', c.cardholder::text, 'amount', s.amount,
    'entry', s.entry::text)
  from cards.card c where c.id = p_card;
  return s.amount;
end $$;

-- What a card owes now.
create or replace function offline_sales.owed_by(p_card bigint) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select greatest(0, -b.balance) from ledger.account_balance b where b.account = ledger.account_of(p_card, 'receivable')), 0)
$$;
