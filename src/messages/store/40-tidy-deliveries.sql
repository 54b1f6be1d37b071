-- A message that cannot or may not go any more is not kept waiting; one that nobody answered for is unknown, and is tried
-- once more only where a second copy is impossible: its allowance was the last one, so WeChat itself refuses a second.
create or replace function messages.tidy_deliveries() returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  update messages.delivery d
  set state = 'unknown', lease_until = null, reason = 'worker_lost', settled_at = v_now
  where d.state = 'sending' and d.lease_until < v_now;

  update messages.delivery d
  set state = 'queued', retried_after_silence = true, due_at = v_now, settled_at = null
  from messages.allowance a
  where d.state = 'unknown' and d.was_last and not d.retried_after_silence
    and d.settled_at between v_now - interval '10 minutes' and v_now - interval '3 seconds'
    and d.expires_at > v_now
    and a.openid = d.openid and a.template = d.template and a.remaining = 0 and a.refused_at is null;

  with ended as (
    update messages.delivery d
    set state = case why.reason when 'too_late' then 'expired' else 'failed' end, reason = why.reason,
      settled_at = v_now
    from (
      select q.message, q.attempts, case
        when a.refused_at is not null then 'refused'
        when l.openid is not null then 'address_invalid'
        when t.template is not null then 'template_stopped'
        when q.expires_at <= v_now then 'too_late'
      end as reason
      from messages.delivery q
      left join messages.allowance a on a.openid = q.openid and a.template = q.template
      left join messages.lost_address l on l.openid = q.openid
      left join messages.stopped_template t on t.template = q.template and t.try_again_at > v_now
      where q.state = 'queued'
    ) why
    where d.message = why.message and d.state = 'queued' and why.reason is not null
    returning d.openid, d.template, d.reason, why.attempts
  )
  update messages.allowance a
  set remaining = a.remaining + e.back
  from (
    select openid, template, count(*) as back from ended
    where attempts = 0 and reason in ('too_late', 'template_stopped')
    group by openid, template
  ) e
  where a.openid = e.openid and a.template = e.template and a.refused_at is null;
end $$;
