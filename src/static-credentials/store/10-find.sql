-- Whose static credential it is, and what it is: the plastic card with this number, or the word that a right PIN was given for
-- at this terminal. Nobody's is no row.
create or replace function static_credentials.find(p_instrument text, p_hash bytea, p_terminal bigint)
returns table (card bigint, cardholder bigint, group_code text, name text, status text, plastic bigint, pin_check bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select c.id, c.cardholder, c.group_code, h.name, c.status, f.plastic, f.pin_check
  from (
    select p.card, p.id as plastic, null::bytea as pin_check
    from static_credentials.plastic_number n join static_credentials.plastic p on p.id = n.plastic
    where p_instrument = 'plastic' and n.hash = p_hash
    union all
    select k.card, null, k.hash
    from static_credentials.pin_check k
    where p_instrument = 'number_pin' and k.hash = p_hash and k.terminal = p_terminal
  ) f
  join cards.card c on c.id = f.card
  join cardholders.cardholder h on h.id = c.cardholder
$$;

-- What a terminal at a place may take: codes of phones everywhere, plastic where it is allowed, number and PIN only where
-- somebody attends.
create or replace function static_credentials.instruments_at(p_place bigint) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select array['code', 'signed_qr'] || case when coalesce(r.plastic, w.attended) then array['plastic'] else '{}' end
    || case when coalesce(r.number_pin, true) and w.attended then array['number_pin'] else '{}' end
  from (select coalesce(places.is_attended(p_place), false) as attended) w
  left join static_credentials.place_rule r on r.place = p_place
$$;

-- Whether the owner of a card has stopped number and PIN: until a PIN is set anew.
create or replace function static_credentials.is_pin_stopped(p_card bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from static_credentials.stop s join cards.payment_pin p on p.card = s.card
    where s.card = p_card and p.set_at <= s.stopped_at
  )
$$;
