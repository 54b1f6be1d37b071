-- What the sensor says of a passage. Passed: whoever came in is inside and what the entry costs is paid, whoever left has
-- left and pays for the visit. Not passed: nobody moved, and the money is free. Either is said once and for ever; an entry
-- that is told after its time stays void, and is noted. Outcomes: passed, not_passed, too_late, was_declined,
-- already_passed, never_seen (barred for ever), unknown.
create or replace function gates.settle(p_terminal bigint, p_order uuid, p_passed boolean) returns text
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  p gates.passage;
  v gates.visit;
  v_now timestamptz;
begin
  if not p_passed then
    insert into gates.passage (order_no, terminal, decided_at) values (p_order, p_terminal, platform.now()) on conflict do nothing;
    if found then
      perform payments.note_sequence(p_terminal, p_order, null, null, platform.now());
      return 'never_seen';
    end if;
  end if;
  select * into p from gates.passage x where x.order_no = p_order and x.terminal = p_terminal;
  if p.hash is null then return case when p_passed then 'unknown' else 'never_seen' end; end if;
  if p.card is not null then
    perform cards.lock(array[p.card]);
    v_now := platform.now();
    perform gates.tidy(p.card, v_now);
    select * into p from gates.passage x where x.order_no = p_order and x.terminal = p_terminal;
  end if;
  select * into v from gates.visit x where x.id = p.visit;
  if p.state = 'declined' then return 'was_declined'; end if;
  if p.state = 'passed' then return case when p_passed then 'passed' else 'already_passed' end; end if;
  if not p_passed then
    update gates.passage x set state = 'voided' where x.order_no = p_order and x.terminal = p_terminal and x.state = 'authorized';
    if p.direction = 'entry' then perform gates.end_visit(p.visit, 'not_passed', 0); end if;
    return 'not_passed';
  end if;
  -- Whoever left has left, however late it is told; whoever came in too late holds no place and paid nothing.
  if p.state = 'voided' and not p.lapsed then return 'too_late'; end if;
  if p.direction = 'entry' and (p.state = 'voided' or v.state <> 'awaited') then
    if not exists (select from gates.incident i where i.visit = v.id and i.place = v.place and i.kind = 'passed_late') then
      perform gates.note('passed_late', v);
    end if;
    return 'too_late';
  end if;
  update gates.passage x set state = 'passed' where x.order_no = p_order and x.terminal = p_terminal;
  if p.direction = 'exit' then
    if v.id is not null then perform gates.end_visit(v.id, 'exit', p.amount); end if;
    return 'passed';
  end if;
  if v.charge = 'entry' then
    perform from payments.capture(v.terminal, v.order_no, v.order_no, v.amount, true, ledger.account_of(v.merchant, 'merchant'));
  end if;
  update gates.visit x set state = 'inside' where x.id = v.id;
  insert into platform.outbox (type, payload) values ('visit.began', jsonb_build_object('visit', v.id::text,
    'place', v.place::text, 'card', v.card::text, 'cardholder', v.cardholder::text));
  return 'passed';
end $$;

-- The same for a gate that is in service; further outcome: terminal_revoked.
create or replace function gates.settle_for_terminal(
  p_terminal bigint, p_generation int, p_order uuid, p_passed boolean
) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not terminals.stays_in_service(p_terminal, p_generation) then return 'terminal_revoked'; end if;
  return gates.settle(p_terminal, p_order, p_passed);
end $$;
