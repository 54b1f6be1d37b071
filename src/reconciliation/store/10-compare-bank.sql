-- The bank's statement of a day against what we believe it carried out on that day. A reference stands in a statement
-- once; a line that we did not expect is shown beside whatever we know under its number.
create or replace function reconciliation.compare_bank(p_date date, p_statement bigint)
returns table (type text, reference text, here jsonb, there jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with day as (
    select p_date::timestamp at time zone c.time_zone as begins_at,
      (p_date + 1)::timestamp at time zone c.time_zone as ends_at
    from platform.campus c
  ), ours as (
    select i.number::text as reference, case i.kind when 'debit' then 'in' else 'out' end as direction, i.amount,
      jsonb_build_object('state', i.state, 'direction', case i.kind when 'debit' then 'in' else 'out' end,
        'amount', i.amount, 'bookedAt', i.booked_at, 'bankReference', i.bank_reference) as facts
    from day join bank.instruction i
      on i.state = 'succeeded' and i.booked_at >= day.begins_at and i.booked_at < day.ends_at
  ), theirs as (
    select l.reference, count(*) as times, min(l.direction) as direction, min(l.amount) as amount,
      jsonb_build_object('lines', jsonb_agg(jsonb_build_object(
        'line', l.line, 'direction', l.direction, 'amount', l.amount) order by l.line)) as facts
    from reconciliation.statement_line l where l.statement = p_statement group by l.reference
  )
  select
    case when o.reference is null then 'missing_here'
         when t.reference is null then 'missing_there'
         when t.times > 1 then 'duplicate'
         else 'amount' end,
    coalesce(o.reference, t.reference),
    coalesce(o.facts, (
      select jsonb_build_object('state', i.state, 'direction', case i.kind when 'debit' then 'in' else 'out' end,
        'amount', i.amount, 'bookedAt', i.booked_at, 'bankReference', i.bank_reference)
      from bank.instruction i
      where i.number = case when t.reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then t.reference::uuid end)),
    t.facts
  from ours o
  full join theirs t on t.reference = o.reference
  where o.reference is null or t.reference is null or t.times > 1
    or (o.direction, o.amount) is distinct from (t.direction, t.amount)
$$;
