-- Sessions against payments, holds and what their devices said.
create or replace function meters.prove_sessions() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'a device runs for one student at a time', count(*)
  from meters.session s
  join meters.session o on o.terminal = s.terminal and o.id > s.id
    and s.began_at < coalesce(o.ended_at, 'infinity') and o.began_at < coalesce(s.ended_at, 'infinity')
  union all
  select 'every session has its own sale, and takes no more than that holds', count(*)
  from meters.session s
  left join payments.payment p on p.id = s.payment and p.decided_at = s.payment_decided_at
  left join ledger.hold h on h.id = p.hold
  where (p.order_no, p.terminal, p.place, p.merchant, p.card, p.cardholder, p.amount)
      is distinct from (s.order_no, s.terminal, s.place, s.merchant, s.card, s.cardholder, s.amount)
    or h.amount is distinct from s.amount or p.captured > h.amount
  union all
  select 'a session stands where its device left it', count(*)
  from meters.session s
  left join lateral (
    select x.progress_no, x.sequence, x.reading, x.noted_at from meters.progress x
    where x.session = s.id and not x.late order by x.sequence desc limit 1
  ) l on true
  where (s.last_progress, s.last_sequence, s.last_reading, s.reported_at)
      is distinct from (l.progress_no, coalesce(l.sequence, 0), coalesce(l.reading, 0), l.noted_at)
    or s.last_reading < (select max(x.reading) from meters.progress x where x.session = s.id and not x.late)
  union all
  select 'a session that ended costs what its device said last, and its sale took it', count(*)
  from meters.session s
  join payments.payment p on p.id = s.payment and p.decided_at = s.payment_decided_at
  cross join lateral (select least(s.amount, meters.price(s, s.last_reading)) as price) t
  where s.ended_at is not null and case when s.end_reason in ('taken_back', 'declined') then s.charged <> 0
    else s.charged <> p.captured
      or s.charged < t.price and not exists (select from meters.device_alarm a where a.session = s.id and a.kind = 'hold_lost')
      -- More only where the device captured by itself, under a number that none of its reports has.
      or s.charged > t.price and not exists (select from payments.capture c where c.payment = p.id and c.amount > 0
        and not exists (select from meters.progress x where x.progress_no = c.capture_no and x.terminal = c.terminal)) end
$$;
