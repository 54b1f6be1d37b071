-- The outbox says of every payment what happened to it, once. Months of the outbox may have been dropped: what is older
-- than the month that it begins with is not asked for.
create or replace function payments.prove_events() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with kept as materialized (
    select date_trunc('month', min(o.happened_at) at time zone 'UTC') at time zone 'UTC' as since from platform.outbox o
  ), event as materialized (
    select o.type, (o.payload ->> 'payment')::bigint as payment, count(*) as times
    from platform.outbox o
    where o.type in ('payment.pending', 'payment.approved', 'payment.declined', 'payment.captured', 'payment.released', 'payment.reversed',
      'payment.refunded')
    group by 1, 2
  ), fact as (
    select 'payment.' || p.verdict as type, p.id as payment, 1 as times
    from payments.payment p left join payments.confirmation w on w.payment = p.id, kept
    where p.verdict <> 'pending' and coalesce(w.ended_at, p.decided_at) >= coalesce(kept.since, p.decided_at)
    union all
    select 'payment.pending', w.payment, 1
    from payments.confirmation w, kept where w.decided_at >= coalesce(kept.since, w.decided_at)
    union all
    select 'payment.captured', c.payment, count(*)
    from payments.capture c, kept where c.state <> 'released' and c.captured_at >= coalesce(kept.since, c.captured_at)
    group by c.payment
    union all
    select 'payment.reversed', r.payment, 1
    from payments.reversal r, kept where r.returned > 0 and r.reversed_at >= coalesce(kept.since, r.reversed_at)
    union all
    select 'payment.refunded', f.payment, count(*)
    from payments.refund f, kept where f.refunded_at >= coalesce(kept.since, f.refunded_at) group by f.payment
  )
  select 'every verdict, capture, reversal and refund is in the outbox, once', count(*)
  from fact f full join (select * from event where type <> 'payment.released') e using (type, payment)
  where f.times is distinct from e.times
  union all
  select 'a release is in the outbox at most once, and for every payment that ended so', count(*)
  from (
    select p.id from payments.payment p, kept where p.state = 'released' and p.decided_at >= coalesce(kept.since, p.decided_at)
  ) p
  full join (select * from event where type = 'payment.released') e on e.payment = p.id
  where e.payment is null or e.times > 1
$$;
