-- Uses a static credential for a sale: null, or the reason why not. A plastic card is good until it is lost or replaced; the
-- word for a right PIN is good once, for a minute, and not after its owner has stopped it. The card is locked by the caller.
create or replace function static_credentials.use(p_instrument text, p_hash bytea, p_terminal bigint, p_order uuid)
returns text
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_status text;
  k static_credentials.pin_check;
begin
  if p_instrument = 'plastic' then
    select p.status into v_status
    from static_credentials.plastic_number n join static_credentials.plastic p on p.id = n.plastic where n.hash = p_hash;
    return case v_status when 'active' then null when 'lost' then 'plastic_lost' else 'plastic_invalid' end;
  end if;
  update static_credentials.pin_check x set order_no = p_order
  where x.hash = p_hash and x.terminal = p_terminal and x.order_no is null and x.expires_at > platform.now()
  returning * into k;
  if k.hash is null or exists (
    select from static_credentials.stop s where s.card = k.card and s.stopped_at >= k.made_at
  ) then
    return 'pin_check_invalid';
  end if;
  return null;
end $$;

-- Whether one more sale by a static credential fits its caps: null, or the reason why not.
create or replace function static_credentials.check_caps(p_amount bigint, p_spent bigint) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when p_amount > l.sale_cap then 'limit_static_sale'
              when p_amount + p_spent > l.day_cap then 'limit_static_day' end
  from static_credentials.policy l
$$;

-- Tells whose card it is, at once and afterwards, that it was used without the phone.
create or replace function static_credentials.tell_use(
  p_instrument text, p_cardholder bigint, p_card bigint, p_payment bigint, p_place bigint, p_amount bigint, p_short_number text
) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into platform.outbox (type, payload)
  values ('static-credential.used', jsonb_build_object('cardholder', p_cardholder::text, 'card', p_card::text,
    'payment', p_payment::text, 'place', p_place::text, 'amount', p_amount, 'shortNumber', p_short_number,
    'instrument', p_instrument))
$$;
