-- Ends held payments whose time is over, some at a time: what was captured stays captured, the rest is free again. What is
-- still pending ends by its own time.
create or replace function payments.end_expired_holds(p_limit int) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  p payments.payment;
  v_id bigint;
  v_decided_at timestamptz;
  v_ended int := 0;
begin
  for v_id, v_decided_at in
    select x.id, x.decided_at from payments.payment x
    where x.state = 'held' and x.verdict = 'approved' and x.hold_until <= platform.now() order by x.card, x.id limit p_limit
  loop
    select * into p from payments.payment x where x.id = v_id and x.decided_at = v_decided_at;
    perform cards.lock(array[p.card]);
    select * into p from payments.payment x where x.id = v_id and x.decided_at = v_decided_at;
    continue when p.state <> 'held';
    perform ledger.release_hold(p.hold);
    p.state := case when p.captured > 0 then 'captured' else 'released' end;
    update payments.payment x set state = p.state where x.id = p.id and x.decided_at = p.decided_at;
    perform cards.give_back(p.card, p.amount - p.captured, p.business_date, p.meal, p.captured = 0);
    insert into platform.outbox (type, payload)
    values ('payment.released', payments.event_of(p) || jsonb_build_object('released', p.amount - p.captured));
    v_ended := v_ended + 1;
  end loop;
  return v_ended;
end $$;

-- After this no reversal by a terminal touches the day any more; that is for the office.
create or replace function payments.close_business_date(p_date date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into payments.closed_date (business_date) values (p_date) on conflict do nothing;
  return found;
end $$;
