-- Sets planned lines aside until a time: the same money cannot be drawn twice, and nothing is posted yet.
create or replace function ledger.set_aside(
  p_hold bigint[], p_owner bigint[], p_amount bigint[], p_until timestamptz[],
  p_line_hold bigint[], p_line_account bigint[], p_line_amount bigint[]
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare
  v_now timestamptz := platform.now();
begin
  insert into ledger.hold (id, owner, amount, expires_at, placed_at)
  select h.id, h.owner, h.amount, h.until, v_now
  from unnest(p_hold, p_owner, p_amount, p_until) h (id, owner, amount, until);

  with line as materialized (
    select hold, row_number() over (partition by hold order by position) as number, account, amount
    from unnest(p_line_hold, p_line_account, p_line_amount) with ordinality l (hold, account, amount, position)
  ), aside as (
    update ledger.account a set held = a.held + line.amount from line where line.account = a.id
  )
  insert into ledger.hold_line (hold, line, account, amount) select hold, number, account, amount from line;
end $$;
