-- What moved in a day belongs to it, unless the day was closed before: then it belongs to the next one. Settled is what
-- belongs to a closed day. A sale after an early close can so still be reversed by its terminal until the next close.
create or replace function payments.is_settled(p_at timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from payments.closed_date d
    where d.closed_at > p_at and d.business_date = b.date + case when exists (
      select from payments.closed_date e where e.business_date = b.date and e.closed_at <= p_at
    ) then 1 else 0 end)
  from (select platform.business_date(p_at) as date) b
$$;
