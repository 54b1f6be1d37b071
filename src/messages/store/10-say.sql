-- One thing is said once, whatever is repeated. It is always in the inbox, and goes to the phone while the owner of its
-- openid allows one more. Marketing is said only to who granted it, and stays in the inbox: WeChat forbids it elsewhere.
-- In: SendMessage's fields as one object. Out: the new message and whether it goes to the phone; nothing when unsaid.
create or replace function messages.say(p_said jsonb) returns table (message bigint, queued boolean)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with said as (
    insert into messages.message
      (cardholder, purpose, kind, dedupe_key, title_zh, title_en, body_zh, body_en, link)
    select (p_said ->> 'cardholder')::bigint, p_said ->> 'purpose', p_said ->> 'kind', p_said ->> 'dedupeKey',
      p_said #>> '{title,zh}', p_said #>> '{title,en}', p_said #>> '{body,zh}', p_said #>> '{body,en}',
      p_said ->> 'link'
    where p_said ->> 'purpose' <> 'marketing' or exists (
      select from messages.consent c
      where c.cardholder = (p_said ->> 'cardholder')::bigint and c.purpose = 'marketing' and c.state = 'granted')
    on conflict on constraint message_said_once do nothing
    returning id, cardholder, purpose
  ),
  spent as (
    update messages.allowance a
    set remaining = a.remaining - 1
    from said s join cardholders.cardholder c on c.id = s.cardholder and c.status = 'active'
    where s.purpose = 'service'
      and a.openid = c.wechat_openid and a.template = p_said #>> '{wechat,template}'
      and a.remaining > 0 and a.refused_at is null
      and not exists (select from messages.lost_address l where l.openid = a.openid)
      and not exists (
        select from messages.stopped_template t
        where t.template = a.template and t.try_again_at > clock_timestamp())
    returning s.id, a.openid, a.template, a.remaining
  ),
  queued as (
    insert into messages.delivery (message, openid, template, page, data, was_last, expires_at)
    select s.id, s.openid, s.template, p_said #>> '{wechat,page}', p_said #> '{wechat,data}', s.remaining = 0,
      clock_timestamp() + make_interval(secs => (p_said ->> 'deliverWithinSeconds')::int)
    from spent s
    returning message
  )
  select s.id, exists (select from queued) from said s
$$;
