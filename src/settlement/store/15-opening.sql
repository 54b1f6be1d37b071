-- Of what one terminal says about its shifts one thing is heard after the other: the next shift begins where this one ends,
-- and a void belongs to one of both.
create or replace function settlement.take_turn(p_terminal bigint) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('shift of terminal ' || p_terminal, 0))
$$;

-- Notes that a terminal has begun a shift, once for each number; what it was reported as before it is not opened again.
-- Outcomes: opened, known, reused.
create or replace function settlement.open_shift(
  p_terminal bigint, p_number uuid, p_opened_at timestamptz, p_cashier text
) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  o settlement.shift_opening;
begin
  perform settlement.take_turn(p_terminal);
  select * into o from settlement.shift_opening x where x.terminal = p_terminal and x.number = p_number;
  if found then
    return case when (o.opened_at, o.cashier) is not distinct from (p_opened_at, p_cashier) then 'known' else 'reused' end;
  elsif exists (select from settlement.shift s where s.terminal = p_terminal and s.number = p_number) then
    return 'reused';
  end if;
  insert into settlement.shift_opening (terminal, number, opened_at, cashier)
  values (p_terminal, p_number, p_opened_at, p_cashier);
  return 'opened';
end $$;

-- When the shift that a terminal is in began, by its own clock, and who stands there: what it opened last, or from the end of
-- what it reported last.
create or replace function settlement.current_shift(p_terminal bigint, out began_at timestamptz, out cashier text)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select greatest(o.opened_at, s.closed_at), case when o.opened_at >= coalesce(s.closed_at, o.opened_at) then o.cashier end
  from (select max(x.closed_at) as closed_at from settlement.shift x where x.terminal = p_terminal) s
  left join lateral (
    select x.opened_at, x.cashier from settlement.shift_opening x where x.terminal = p_terminal
    order by x.opened_at desc limit 1
  ) o on true
$$;
