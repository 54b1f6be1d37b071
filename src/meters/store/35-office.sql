-- Sets a room: who lives in it from now on, and its meters. A meter is never taken away, and another device stands in its
-- place by a replacement alone. Outcomes: the room's id, or what does not fit.
create or replace function meters.set_room(p_room jsonb, p_staff bigint) returns table (outcome text, room bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
#variable_conflict use_column
declare
  v_room bigint;
  v_residents bigint[];
  n meters.meter;
  o meters.meter;
begin
  select array_agg(c.id) into v_residents from cardholders.cardholder c
  where c.number in (select jsonb_array_elements_text(p_room->'residents'));
  if coalesce(cardinality(v_residents), 0) <> jsonb_array_length(p_room->'residents') then
    return query select 'resident_unknown', null::bigint;
    return;
  end if;
  insert into meters.room as x (building, number) values (p_room->>'building', p_room->>'number')
  on conflict on constraint room_once do update set number = excluded.number returning x.id into v_room;
  update meters.resident x set until = platform.now()
  where x.room = v_room and x.until is null and x.cardholder <> all (coalesce(v_residents, '{}'));
  insert into meters.resident (room, cardholder) select v_room, r.id from unnest(v_residents) r (id)
  where not exists (select from meters.resident x where x.cardholder = r.id and x.room = v_room and x.until is null);

  for n in select * from jsonb_populate_recordset(null::meters.meter, p_room->'meters') order by kind loop
    select * into o from meters.meter x where x.room = v_room and x.kind = n.kind for update;
    if not found then
      if exists (select from meters.meter x where x.device = n.device) then
        raise exception 'a device stands once' using errcode = 'CPM01';
      end if;
      insert into meters.meter (room, kind, place, device, networked, price, per, daily_most, warn_below, reading)
      values (v_room, n.kind, n.place, n.device, n.networked, n.price, n.per, n.daily_most, n.warn_below, n.reading)
      returning * into o;
      perform meters.begin_device(o, p_staff);
    elsif o.device <> n.device then
      raise exception 'a device is replaced' using errcode = 'CPM02';
    else
      -- What is no whole fen yet at the old price is nobody's.
      update meters.meter x set place = n.place, networked = n.networked, price = n.price, per = n.per,
        daily_most = n.daily_most, warn_below = n.warn_below,
        rest = case when (x.price, x.per, x.networked) = (n.price, n.per, n.networked) then x.rest else 0 end
      where x.id = o.id;
    end if;
  end loop;
  return query select 'set', v_room;
end $$;

-- Where a device begins to count: its first reading costs nothing.
create or replace function meters.begin_device(m meters.meter, p_staff bigint) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into meters.reading (meter, device, value, units, price, per, rest_before, rest, charges, charged, taken_at, source, brought_by)
  values (m.id, m.device, m.reading, 0, m.price, m.per, 0, 0, false, 0, m.read_at, 'first', p_staff)
$$;

-- Another device stands where one stood: the last reading of the old one is charged, the first of the new one begins. What
-- a meter without a network had left comes back as credit, and goes onto a ticket for the new device.
create or replace function meters.replace_meter(p jsonb) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  m meters.meter;
  v_reading bigint;
  v_now timestamptz;
  v_left bigint := (p->>'units_left')::bigint;
begin
  select * into m from meters.meter x where x.id = (p->>'meter')::bigint for update;
  if not found then return 'unknown'; end if;
  v_now := platform.now();
  if m.device = (p->>'device')::bigint then return 'known'; end if;
  if (p->>'last_reading')::bigint < m.reading or v_now <= m.read_at then return 'falls'; end if;
  if v_left > 0 and (m.networked or v_left > coalesce((select x.total from meters.ticket x where x.device = m.device
      order by x.number desc limit 1), 0)) then return 'too_many_left'; end if;
  if exists (select from meters.meter x where x.device = (p->>'device')::bigint) then return 'taken'; end if;
  v_reading := meters.charge(m, (p->>'last_reading')::bigint, v_now, 'last', (p->>'staff')::bigint);
  if v_left > 0 then
    perform meters.move(m.id, jsonb_populate_record(null::meters.movement,
      jsonb_build_object('kind', 'moved', 'amount', v_left * m.price / m.per, 'reading', v_reading)));
  end if;
  update meters.meter x set device = (p->>'device')::bigint, reading = (p->>'first_reading')::bigint, rest = 0
  where x.id = m.id returning * into m;
  perform meters.begin_device(m, (p->>'staff')::bigint);
  perform meters.issue_ticket(m.id);
  return 'replaced';
end $$;
