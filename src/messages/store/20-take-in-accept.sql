-- One tap on "allow" is one message. The phone tells of it at once, WeChat within minutes or not at all: two stories of
-- one tap count once. A phone alone can lift the number only to a bound, however often it claims a tap.
-- Out: how many messages are allowed now.
create or replace function messages.take_in_accept(p_openid text, p_template text, p_tap uuid) returns int
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_by text := case when p_tap is null then 'wechat' else 'phone' end;
  v_accept bigint;
  v_other bigint;
  v_remaining int;
begin
  insert into messages.allowance (openid, template) values (p_openid, p_template) on conflict do nothing;
  -- The row's lock puts the two stories of one tap in a line.
  select a.remaining into v_remaining from messages.allowance a
  where a.openid = p_openid and a.template = p_template for update;
  insert into messages.accept (openid, template, told_by, tap, told_at)
  values (p_openid, p_template, v_by, p_tap, clock_timestamp())
  on conflict on constraint accept_once_per_tap do nothing
  returning id into v_accept;
  if v_accept is null then return v_remaining; end if;
  select a.id into v_other from messages.accept a
  where a.openid = p_openid and a.template = p_template and not a.confirmed and a.told_by <> v_by
    and a.told_at > clock_timestamp() - interval '10 minutes'
  order by a.id limit 1;
  if v_other is not null then
    update messages.accept a set confirmed = true where a.id in (v_accept, v_other);
    return v_remaining;
  end if;
  update messages.allowance a
  set refused_at = null, remaining = a.remaining + case when v_by = 'wechat' or a.remaining < 5 then 1 else 0 end
  where a.openid = p_openid and a.template = p_template
  returning a.remaining into v_remaining;
  return v_remaining;
end $$;
