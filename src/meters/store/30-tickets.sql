-- A meter without a network gets its credit as units on a ticket, all of it that makes whole units: the number of a
-- device's tickets rises one by one, and each says the total of all, so that the newest is worth those before it too. What
-- does not make a unit stays as credit. The meter is locked by the caller.
create or replace function meters.issue_ticket(p_meter bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  m meters.meter;
  t meters.ticket;
  v_ticket bigint;
  v_units numeric;
begin
  select * into strict m from meters.meter x where x.id = p_meter;
  if m.networked or m.credit <= 0 then return; end if;
  v_units := div(m.credit::numeric * m.per, m.price);
  select * into t from meters.ticket x where x.device = m.device order by x.number desc limit 1;
  -- A device counts to 2^32: one that is full takes no more, and the credit waits for its replacement.
  if v_units = 0 or coalesce(t.total, 0) + v_units > 4294967295 then return; end if;
  insert into meters.ticket (meter, device, number, units, total, amount)
  values (m.id, m.device, coalesce(t.number, 0) + 1, v_units, coalesce(t.total, 0) + v_units, ceil(v_units * m.price / m.per))
  returning id, amount into v_ticket, t.amount;
  perform meters.move(m.id, jsonb_populate_record(null::meters.movement,
    jsonb_build_object('kind', 'ticket', 'amount', -t.amount, 'ticket', v_ticket)));
end $$;
