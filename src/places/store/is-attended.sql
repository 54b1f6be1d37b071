-- Whether a cashier stands at a place who can be asked: as it was set, else by its kind.
create or replace function places.is_attended(p_place bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(p.attended, p.kind = 'canteen') from places.place p where p.id = p_place
$$;
