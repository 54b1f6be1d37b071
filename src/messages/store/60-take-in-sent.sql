-- WeChat tells how a message ended. Its id may not be known here yet, or never: then the one message to that openid whose
-- answer is missing is meant.
create or replace function messages.take_in_sent
  (p_openid text, p_template text, p_msgid text, p_delivered boolean, p_reason text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update messages.delivery d
  set state = case when p_delivered then 'delivered' else 'failed' end, msgid = p_msgid, lease_until = null,
    reason = case when p_delivered then null else p_reason end, settled_at = clock_timestamp()
  where d.message = (
    select c.message from messages.delivery c
    where c.openid = p_openid and c.template = p_template
      and (c.msgid = p_msgid
        or (c.msgid is null and (c.state in ('sending', 'unknown') or (c.state = 'queued' and c.retried_after_silence))))
    order by (c.msgid is not null) desc, c.message limit 1)
$$;
