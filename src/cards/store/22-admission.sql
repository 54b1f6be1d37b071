-- Why a card does not pay at a place now, whatever it has: the place does not serve its group, or it is a visitor's and no
-- invitation says so. Null where it may.
create or replace function cards.refuse_at(p_card bigint, p_place bigint, p_now timestamptz) returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select case
    when k.group_code <> all (p.serves) then 'group_not_served'
    when k.by_invitation and not exists (
      select from cards.invitation i, platform.campus c
      where i.card = k.id and i.withdrawn_at is null and p_now >= i.starts_at and p_now < i.ends_at
        and (i.places is null or p_place = any (i.places))
        and (i.from_time is null
          or (p_now at time zone c.time_zone)::time >= i.from_time and (p_now at time zone c.time_zone)::time < i.until_time))
      then 'not_invited'
  end
  from cards.card k, places.place p where k.id = p_card and p.id = p_place
$$;

-- A card that is invited once pays by invitation from then on.
create or replace function cards.invite(
  p_card bigint, p_places bigint[], p_starts_at timestamptz, p_ends_at timestamptz, p_from time, p_until time, p_staff bigint
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_invitation bigint;
begin
  update cards.card set by_invitation = true where id = p_card and group_code = 'guest';
  if not found then return null; end if;
  insert into cards.invitation (card, places, starts_at, ends_at, from_time, until_time, invited_by)
  values (p_card, p_places, p_starts_at, p_ends_at, p_from, p_until, p_staff) returning id into v_invitation;
  return v_invitation;
end $$;
