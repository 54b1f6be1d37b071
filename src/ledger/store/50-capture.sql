-- Takes an amount from a hold, from the front of its lines, and posts it; a final capture gives the rest back. An expired
-- hold can never be captured, even if nobody has released it yet. Outcomes: captured, expired, exceeds.
create or replace function ledger.capture(
  p_hold bigint, p_amount bigint, p_final boolean, p_credit bigint, p_kind text, p_about jsonb
) returns table (outcome text, entry bigint, released bigint)
language plpgsql
set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  h ledger.hold;
  v_entry bigint;
  v_account bigint[]; v_taken bigint[];
begin
  perform from (
    select a.id from ledger.account a join ledger.hold_line l on l.account = a.id
    where l.hold = p_hold order by a.id for no key update of a
  ) locked;
  select * into strict h from ledger.hold x where x.id = p_hold for no key update;

  if h.ended_at is null and h.expires_at <= platform.now() then
    perform ledger.release_hold(p_hold);
    return query select 'expired', null::bigint, 0::bigint;
    return;
  elsif h.ended_at is not null then
    return query select case when h.captured = h.amount or h.ended_at < h.expires_at then 'exceeds' else 'expired' end,
      null::bigint, 0::bigint;
    return;
  elsif p_amount > h.amount - h.captured - h.released then
    return query select 'exceeds', null::bigint, 0::bigint;
    return;
  end if;

  if p_amount > 0 then
    with line as (
      select l.line, l.account, l.amount - l.captured - l.released as rest,
        sum(l.amount - l.captured - l.released) over (order by l.line) as rest_so_far
      from ledger.hold_line l where l.hold = p_hold
    ), taken as (
      select line, account, least(rest, p_amount - (rest_so_far - rest))::bigint as amount
      from line where rest > 0 and p_amount > rest_so_far - rest
    ), used as (
      update ledger.hold_line l set captured = l.captured + t.amount
      from taken t where l.hold = p_hold and l.line = t.line
    ), freed as (
      update ledger.account a set held = a.held - t.amount from taken t where a.id = t.account
    )
    select array_agg(account order by line), array_agg(-amount order by line) into v_account, v_taken from taken;

    v_entry := nextval('ledger.entry_id');
    perform ledger.post_entry(v_entry, p_kind, p_about, null, p_hold, v_account || p_credit, v_taken || p_amount);
    update ledger.hold x
    set captured = x.captured + p_amount,
        ended_at = case when x.captured + p_amount + x.released = x.amount then platform.now() end
    where x.id = p_hold;
  end if;
  return query select 'captured', v_entry, case when p_final then ledger.release_hold(p_hold) else 0 end;
end $$;
