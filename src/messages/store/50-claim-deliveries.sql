-- Hands out messages that are due, oldest first, one at a time for each openid, each under a lease.
create or replace function messages.claim_deliveries(p_limit int, p_lease_seconds int)
returns table (message bigint, openid text, template text, page text, data jsonb, attempt int,
  retried_after_silence boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Two workers must not each take one message of the same openid.
  perform pg_advisory_xact_lock(hashtext('messages.claim_deliveries'));
  return query
  with oldest as (
    select d.message, d.openid, d.due_at from messages.delivery d
    where d.state = 'queued' and d.due_at <= clock_timestamp()
      and not exists (select from messages.delivery s where s.openid = d.openid and s.state = 'sending')
      and not exists (select from messages.channel_pause p where p.until > clock_timestamp())
      and not exists (
        select from messages.stopped_template t
        where t.template = d.template and t.try_again_at > clock_timestamp())
      and not exists (
        select from messages.allowance a
        where a.openid = d.openid and a.template = d.template and a.refused_at is not null)
    order by d.due_at limit p_limit * 10
  ),
  turn as (
    select f.message from (
      select distinct on (o.openid) o.message, o.due_at from oldest o order by o.openid, o.due_at, o.message
    ) f
    order by f.due_at limit p_limit
  )
  update messages.delivery d
  set state = 'sending', attempts = d.attempts + 1,
    lease_until = clock_timestamp() + make_interval(secs => p_lease_seconds)
  from turn t
  where d.message = t.message and d.state = 'queued'
  returning d.message, d.openid, d.template, d.page, d.data, d.attempts, d.retried_after_silence;
end $$;
