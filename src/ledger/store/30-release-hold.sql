-- Gives back what a hold has left, from the back of its lines. The account rows are locked here, in id order.
create or replace function ledger.release_hold(p_hold bigint) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_left bigint;
begin
  perform from (
    select a.id from ledger.account a join ledger.hold_line l on l.account = a.id
    where l.hold = p_hold order by a.id for no key update of a
  ) locked;
  select h.amount - h.captured - h.released into v_left
  from ledger.hold h where h.id = p_hold and h.ended_at is null for no key update;
  if not found then return 0; end if;

  update ledger.account a set held = a.held - l.rest
  from (select x.account, sum(x.amount - x.captured - x.released)::bigint as rest
        from ledger.hold_line x where x.hold = p_hold group by x.account) l
  where l.account = a.id and l.rest > 0;
  update ledger.hold_line set released = amount - captured where hold = p_hold;
  update ledger.hold set released = amount - captured, ended_at = platform.now() where id = p_hold;
  return v_left;
end $$;

-- Whatever of these owners is held beyond its time is free again before anybody counts their funds.
create or replace function ledger.release_expired(p_owner bigint[]) returns void
language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare
  v_hold bigint;
begin
  for v_hold in
    select h.id from ledger.hold h
    where h.owner = any (p_owner) and h.ended_at is null and h.expires_at <= platform.now()
    order by h.id
  loop
    perform ledger.release_hold(v_hold);
  end loop;
end $$;
