-- Own money is never out of reach: a sale that lacks money draws on what was set aside for sales without a network, where that
-- is enough, and the phones' certificates go to the hotlist in the same transaction. Takes the places of a batch that were
-- drawn, with their reasons, and gives them back as they are then. Cards and accounts are locked by the caller.
create or replace function payments.draw_allowances(
  p_number bigint[], p_reason text[], p_drawn bigint[], p_card bigint[], p_kinds text[], p_amount bigint[],
  p_credit bigint[], p_until timestamptz[], p_about jsonb[], out number bigint[], out reason text[], out card bigint[]
)
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz := platform.now();
  v_short bigint[] := array_fill(null::bigint, array[cardinality(p_card)]);
  v_free bigint; v_aside bigint;
  d record;
begin
  number := p_number; reason := p_reason; card := p_drawn;
  for i in 1 .. cardinality(p_card) loop
    continue when p_reason[i] is distinct from 'insufficient_funds' or p_card[i] is null;
    select coalesce(sum(l.amount), 0) into v_aside
    from ledger.allowances_of(array[p_card[i]]) l
    join ledger.account a on a.id = l.account
    where strpos(',' || p_kinds[i] || ',', ',' || a.kind || ',') > 0;
    continue when v_aside = 0;
    select coalesce(sum(a.balance - a.held), 0) into v_free
    from ledger.account a
    where a.owner = p_card[i] and a.guarded and strpos(',' || p_kinds[i] || ',', ',' || a.kind || ',') > 0
      and (a.usable_until is null or a.usable_until > v_now);
    continue when v_free + v_aside < p_amount[i];
    perform payment_codes.hotlist_credentials(
      array(select l.credential from payment_codes.lift_allowances(p_card[i]) l), 'allowance_drawn');
    v_short[i] := p_card[i];
  end loop;

  if cardinality(array_remove(v_short, null)) > 0 then
    for d in
      select * from ledger.draw(v_short, p_kinds, p_amount, p_credit, p_until,
        array_fill('sale'::text, array[cardinality(p_card)]), p_about) x where x.number is not null
    loop
      number[d.ord] := d.number;
      reason[d.ord] := null;
      card[d.ord] := p_card[d.ord];
    end loop;
  end if;
end $$;
