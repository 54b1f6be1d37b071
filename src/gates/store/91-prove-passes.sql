-- Passes that phones bought against their orders and payments: nobody has a pass for nothing, and nobody paid for none.
create or replace function gates.prove_passes() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'every pass that a phone bought has its order and its approved payment', count(*)
  from gates.pass s
  left join gates.pass_order o on o.pass = s.id
  left join lateral payments.purchase_of(s.payment) p on true
  where (s.given_by is null or o.pass is not null)
    and ((p.order_no, p.hash, p.card, p.amount, p.decided_at)
        is distinct from (o.order_no, o.hash, s.card, o.amount, s.payment_decided_at)
      or o.card is distinct from s.card or p.verdict is distinct from 'approved')
  union all
  -- It follows its payment by an event: ten minutes are more than that takes.
  select 'every order of a pass that was paid has its pass', count(*)
  from gates.pass_order o
  join gates.offer f on f.id = o.offer
  join terminals.terminal t on t.place = f.place and t.kiosk
  join payments.order_number k on k.order_no = o.order_no and k.terminal = t.id and k.hash = o.hash
  join payments.payment p on p.id = k.payment and p.decided_at = k.decided_at
  where o.pass is null and p.verdict = 'approved' and p.decided_at < platform.now() - interval '10 minutes'
$$;
