-- A plastic card is issued in the place of the one before, and its numbers are nobody else's, ever. Null: one of them is taken.
-- An argument's name is changed by making the function anew.
drop function if exists static_credentials.issue(bigint, text, bytea[]);
create or replace function static_credentials.issue(p_card bigint, p_printed_end text, p_hashes bytea[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_id bigint;
begin
  perform cards.lock(array[p_card]);
  if exists (select from static_credentials.plastic_number n where n.hash = any (p_hashes)) then return null; end if;
  update static_credentials.plastic p set status = 'replaced', ended_at = platform.now()
  where p.card = p_card and p.status = 'active';
  insert into static_credentials.plastic (card, printed_end) values (p_card, p_printed_end) returning id into v_id;
  insert into static_credentials.plastic_number (hash, plastic) select h, v_id from unnest(p_hashes) h;
  return v_id;
end $$;

-- The plastic card of a card is lost: from the commit on it pays nothing. False: there was none in use.
create or replace function static_credentials.lose(p_card bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform cards.lock(array[p_card]);
  update static_credentials.plastic p set status = 'lost', ended_at = platform.now()
  where p.card = p_card and p.status = 'active';
  return found;
end $$;

-- "This was not me": the plastic card is lost, and number and PIN pay nothing until a new PIN is set.
create or replace function static_credentials.stop_all(p_card bigint, p_cardholder bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform static_credentials.lose(p_card);
  insert into static_credentials.stop as s (card) values (p_card)
  on conflict on constraint stop_pkey do update set stopped_at = platform.now();
  insert into platform.outbox (type, payload)
  values ('static-credential.stopped', jsonb_build_object('card', p_card::text, 'cardholder', p_cardholder::text));
end $$;

-- Words that were never used say nothing any more.
create or replace function static_credentials.forget_checks() returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from static_credentials.pin_check k where k.order_no is null and k.expires_at < platform.now() - interval '1 day'
$$;
