-- Ends what the clock ends, some cards at a time, in their order.
create or replace function gates.end_due_visits(p_limit int) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz := platform.now();
  v_card bigint;
  v_count int := 0;
begin
  update gates.passage x set state = 'voided', lapsed = true
  where x.state = 'authorized' and x.expires_at <= v_now and x.card is null;
  for v_card in
    select d.card from (
      select x.card from gates.visit x
      where x.ended_at is null and (x.state = 'awaited' and x.expires_at <= v_now or x.closes_at <= v_now
        or exists (select from payments.reversal r where r.payment = x.payment))
      union
      select x.card from gates.passage x where x.state = 'authorized' and x.expires_at <= v_now and x.card is not null
    ) d order by d.card limit p_limit
  loop
    perform cards.lock(array[v_card]);
    perform gates.tidy(v_card, platform.now());
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- Lets somebody out whom the gate did not see leave; the visit costs what it lasted until now. Outcomes: released, unknown, ended.
create or replace function gates.release(p_visit bigint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v gates.visit;
begin
  select * into v from gates.visit x where x.id = p_visit;
  if v.id is null then return 'unknown'; end if;
  perform cards.lock(array[v.card]);
  perform gates.tidy(v.card, platform.now());
  select * into v from gates.visit x where x.id = p_visit;
  if v.ended_at is not null or v.state <> 'inside' then return 'ended'; end if;
  perform gates.end_visit(v.id, 'released', gates.price(v, platform.now()));
  return 'released';
end $$;
