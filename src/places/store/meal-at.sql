-- The meal period that an instant lies in, in campus time; null between meals.
create or replace function places.meal_at(p_at timestamptz) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.code
  from platform.campus c
  join places.meal_period m
    on (p_at at time zone c.time_zone)::time >= m.from_time and (p_at at time zone c.time_zone)::time < m.until_time
$$;
