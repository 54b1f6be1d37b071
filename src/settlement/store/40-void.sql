-- The cashier takes a whole sale back, once for each number of a void: in the shift in which it was sold, within the minutes
-- of the place, and above its amount with a supervisor's word, which is used up. What has ended in another way needs none of
-- these and is answered as it stands; where nobody stands, nothing is. The money goes back as by a reversal. Outcomes: terminal_revoked; reused;
-- order_unknown; order_number_reversed: taken back before it arrived; not_attended; too_late: another shift, or too long ago;
-- supervision_needed; supervision_invalid; else what was done and is kept: voided, released, already_voided,
-- already_reversed, was_declined.
create or replace function settlement.void_sale(
  p_terminal bigint, p_generation int, p_number uuid, p_order uuid, p_hash bytea, p_word bytea
) returns table (outcome text, returned bigint)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_now timestamptz := platform.now();
  v settlement.void;
  p payments.payment;
  l places.place;
  v_began_at timestamptz;
  v_asks boolean := false;
begin
  if not terminals.stays_in_service(p_terminal, p_generation) then
    return query select 'terminal_revoked', 0::bigint;
    return;
  end if;
  -- The same void twice, and the end of the shift, wait here for each other.
  perform settlement.take_turn(p_terminal);
  select * into v from settlement.void x where x.terminal = p_terminal and x.number = p_number;
  if found then
    return query select case when v.hash = p_hash then v.outcome else 'reused' end, v.returned;
    return;
  end if;
  p := payments.lock_sale(p_terminal, p_order);
  if p.id is null then
    return query select case when exists (select from payments.find(p_terminal, p_order)) then 'order_number_reversed'
                             else 'order_unknown' end, 0::bigint;
    return;
  end if;

  if not places.is_attended(p.place) then
    return query select 'not_attended', 0::bigint;
    return;
  end if;
  select c.began_at, c.cashier into v_began_at, v.cashier from settlement.current_shift(p_terminal) c;
  -- What waits for a word has charged nothing yet.
  if p.verdict = 'approved' and (p.state = 'held' or p.state = 'captured' and p.returned < p.captured) then
    select * into strict l from places.place x where x.id = p.place;
    v_asks := case p.state when 'held' then p.amount else p.captured - p.returned end > l.void_supervised_above;
    v.supervisor := staff.supervisor_of(p_word, p_terminal);
    v.outcome := case
      when settlement.stated_at(p) < v_began_at or p.decided_at + make_interval(mins => l.void_minutes) < v_now then 'too_late'
      when v_asks and p_word is null then 'supervision_needed'
      when v_asks and v.supervisor is null then 'supervision_invalid'
    end;
  end if;
  -- A number of a void is never that of a sale.
  if exists (select from payments.find(p_terminal, p_number)) then v.outcome := 'reused'; end if;
  if v.outcome is not null then
    return query select v.outcome, 0::bigint;
    return;
  end if;

  select r.outcome, r.returned into strict v.outcome, v.returned
  from payments.reverse(p_terminal, p_order, 'void', interval '72 hours') r;
  -- Its business day was closed: nothing was done.
  if v.outcome = 'too_late' then
    return query select v.outcome, 0::bigint;
    return;
  end if;
  v.outcome := case
    when v.outcome = 'reversed' then 'voided'
    when v.outcome in ('already_reversed', 'released') and exists (
      select from settlement.void x where x.payment = p.id and x.outcome in ('voided', 'released')) then 'already_voided'
    else v.outcome end;
  v.supervisor := case when v_asks and v.outcome in ('voided', 'released') then staff.use_supervision(p_word, p_terminal) end;
  perform payments.bar_number(p_terminal, p_number);
  insert into settlement.void (terminal, number, order_no, payment, hash, outcome, returned, supervisor, cashier, voided_at)
  values (p_terminal, p_number, p_order, p.id, p_hash, v.outcome, v.returned, v.supervisor, v.cashier, v_now);
  return query select v.outcome, v.returned;
end $$;
