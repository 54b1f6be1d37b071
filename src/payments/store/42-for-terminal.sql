-- What a terminal asks for besides a sale, judged together with it: whoever was taken out of service gets nothing from the
-- commit of the revocation on, whatever the process that was asked remembers of the terminal.

-- As payments.reverse; further outcome: terminal_revoked.
create or replace function payments.reverse_for_terminal(
  p_terminal bigint, p_generation int, p_order uuid, p_reason text, p_window interval
) returns table (outcome text, returned bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if terminals.stays_in_service(p_terminal, p_generation) then
    return query select * from payments.reverse(p_terminal, p_order, p_reason, p_window);
  else
    return query select 'terminal_revoked', 0::bigint;
  end if;
end $$;

-- As payments.capture; further outcome: terminal_revoked.
create or replace function payments.capture_for_terminal(
  p_terminal bigint, p_generation int, p_order uuid, p_capture uuid, p_amount bigint, p_final boolean, p_credit bigint
) returns table (outcome text, captured bigint, released bigint, state text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if terminals.stays_in_service(p_terminal, p_generation) then
    return query select * from payments.capture(p_terminal, p_order, p_capture, p_amount, p_final, p_credit);
  else
    return query select 'terminal_revoked', 0::bigint, 0::bigint, null::text;
  end if;
end $$;

-- As payments.recall; further outcome: terminal_revoked.
create or replace function payments.recall_for_terminal(
  p_terminal bigint, p_generation int, p_order uuid, p_hash bytea
) returns setof payments.answer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_refused payments.answer;
begin
  if exists (select from terminals.refusals(array[p_terminal], array[p_generation]) r where r.reason is not null) then
    v_refused.ord := 1; v_refused.outcome := 'terminal_revoked'; v_refused.service_now := platform.now();
    return next v_refused;
  else
    return query select * from payments.recall(p_terminal, p_order, p_hash);
  end if;
end $$;
