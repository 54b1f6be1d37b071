-- Visits against payments, passes and scans: nobody is inside for nothing, or twice.
create or replace function gates.prove_visits() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'nobody is inside a place twice at once', count(*)
  from gates.visit v
  join gates.visit w on w.card = v.card and w.place = v.place and w.id > v.id
    and w.entered_at < coalesce(v.ended_at, 'infinity') and v.entered_at < coalesce(w.ended_at, 'infinity')
  union all
  select 'every visit has its scan, and every entry that was let in its visit', count(*)
  from gates.visit v
  full join (select * from gates.passage x where x.direction = 'entry' and x.verdict = 'approved') p on p.visit = v.id
  where (p.order_no, p.terminal, p.place, p.card) is distinct from (v.order_no, v.terminal, v.place, v.card)
  union all
  select 'every visit that costs something has its own sale, and costs what that took', count(*)
  from gates.visit v
  left join payments.payment p on p.id = v.payment and p.decided_at = v.payment_decided_at
  where v.payment is not null
    and ((p.order_no, p.terminal, p.place, p.card, p.amount) is distinct from (v.order_no, v.terminal, v.place, v.card, v.amount)
      or p.verdict is distinct from 'approved' or v.ended_at is not null and p.captured <> v.charged)
  union all
  select 'a pass was used as often as its visits say, and by its own card', count(*)
  from gates.pass s
  full join (
    select v.pass, min(v.card) as first, max(v.card) as last, count(*) filter (where v.state <> 'void') as used
    from gates.visit v where v.pass is not null group by v.pass
  ) v on v.pass = s.id
  where coalesce(v.used, 0) + s.forgotten is distinct from s.used or s.card is distinct from coalesce(v.first, s.card)
    or s.card is distinct from coalesce(v.last, s.card)
$$;
