-- Credit against payments, readings and tickets: nobody's credit comes from nowhere, is lost, or is charged twice.
create or replace function meters.prove_credit() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'what a meter has is what its lines add up to, one after the other', count(*)
  from meters.meter m
  left join (
    select v.meter, sum(v.amount) as credit, bool_or(v.credit <> v.so_far) as broken
    from (select x.*, sum(x.amount) over (partition by x.meter order by x.id) as so_far from meters.movement x) v
    group by v.meter
  ) v on v.meter = m.id
  where coalesce(v.credit, 0) <> m.credit or v.broken
  union all
  select 'credit that was bought has its payment, and is what that took less what went back', count(*)
  from meters.purchase p
  left join payments.payment b on b.id = p.payment and b.decided_at = p.payment_decided_at
  where p.payment is not null
    and ((b.order_no, b.terminal, b.verdict, b.captured) is distinct from (p.order_no, p.terminal, 'approved', p.credited)
      or p.cardholder <> b.cardholder or p.taken_back + p.lost > b.returned)
  union all
  select 'every purchase has its lines, and they say what came and what went back', count(*)
  from meters.purchase p
  full join (
    select v.purchase, min(v.meter) as first, max(v.meter) as last, count(*) filter (where v.kind = 'purchase') as bought,
      coalesce(sum(v.amount) filter (where v.kind = 'purchase'), 0) as credited,
      coalesce(-sum(v.amount) filter (where v.kind = 'take_back'), 0) as taken_back
    from meters.movement v where v.purchase is not null group by v.purchase
  ) v on v.purchase = p.id
  where p.id is null
    or (coalesce(v.bought, 0), coalesce(v.credited, 0), coalesce(v.taken_back, 0), coalesce(v.first, p.meter), coalesce(v.last, p.meter))
      is distinct from ((p.payment is not null)::int::bigint, p.credited::numeric, p.taken_back::numeric, p.meter, p.meter)
  union all
  select 'every reading costs what was used since the one before, at its price, and has its line', count(*)
  from (
    select y.*, lag(y.value) over w as before, lag(y.rest) over w as rest_kept, row_number() over w as at
    from (
      select x.*, count(*) filter (where x.source = 'first') over (partition by x.meter, x.device order by x.id) as stretch,
        last_value(x.value) over (partition by x.meter order by x.id rows between unbounded preceding and unbounded following) as newest
      from meters.reading x
    ) y
    window w as (partition by y.meter, y.device, y.stretch order by y.id)
  ) r
  join meters.meter m on m.id = r.meter
  left join meters.movement v on v.reading = r.id and (v.kind = 'reading' or r.charges or r.source <> 'last' or v.amount < 0)
  where r.units <> r.value - coalesce(r.before, r.value) or (r.at = 1) <> (r.source = 'first')
    or r.rest_before not in (coalesce(r.rest_kept, 0), 0)
    or r.newest <> m.reading
    or r.charges <> (v.id is not null) or r.charges and (v.meter, -v.amount) is distinct from (r.meter, r.charged)
  union all
  select 'every ticket says the total of its device, and took from the credit what it cost', count(*)
  from (
    select x.*, row_number() over w as at, sum(x.units) over w as so_far
    from meters.ticket x window w as (partition by x.device order by x.number)
  ) t
  full join (select * from meters.movement x where x.kind = 'ticket') v on v.ticket = t.id
  where (t.number, t.total::numeric, t.meter, -t.amount) is distinct from (t.at, t.so_far, v.meter, v.amount)
$$;
