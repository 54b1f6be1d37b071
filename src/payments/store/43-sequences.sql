-- Looks at the numbers that terminals used since the last look and before an instant, in sales and otherwise, each terminal's in
-- the order in which they were decided. What a terminal says happened before what is known already came late (a record
-- without a network) and fills a gap; a later number that is not higher is a break, noticed once. What was barred before it
-- arrived explains one gap, which shows with the number after it.
create or replace function payments.watch_sequences(p_until timestamptz) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_from timestamptz;
  v_breaks int;
begin
  select c.until into strict v_from from payments.sequence_cursor c for update;
  if p_until <= v_from then
    return 0;
  end if;
  with noted as (
    delete from payments.sequence_note n where n.decided_at < p_until returning n.*
  ), used as (
    select p.terminal, p.order_no, p.id as payment, p.sequence, p.occurred_at, p.decided_at
    from payments.payment p where p.decided_at >= v_from and p.decided_at < p_until
    union all
    select n.terminal, n.order_no, null, n.sequence, n.occurred_at, n.decided_at from noted n where n.sequence is not null
  ), known as (
    select u.*, w.last_sequence, w.last_occurred_at,
      greatest(w.last_occurred_at, max(u.occurred_at) over (
        partition by u.terminal order by u.decided_at, u.occurred_at, u.sequence, u.order_no
        rows between unbounded preceding and 1 preceding)) as known_until
    from used u
    join terminals.terminal t on t.id = u.terminal and not t.kiosk
    left join payments.sequence_watch w on w.terminal = u.terminal
  ), counted as (
    select k.*, coalesce(lag(k.sequence) over in_order, k.last_sequence) as before
    from known k where k.known_until is null or k.occurred_at >= k.known_until
    window in_order as (partition by k.terminal order by k.decided_at, k.occurred_at, k.sequence, k.order_no)
  ), broken as (
    insert into payments.sequence_break (terminal, order_no, payment, decided_at, sequence, expected, noticed_at)
    select c.terminal, c.order_no, c.payment, c.decided_at, c.sequence, c.before + 1, platform.now()
    from counted c where c.sequence <= c.before on conflict do nothing returning 1
  ), change as (
    select c.terminal, max(c.occurred_at) as last_occurred_at,
      (array_agg(c.sequence order by c.decided_at desc, c.occurred_at desc, c.sequence desc, c.order_no desc))[1] as last_sequence,
      coalesce(sum(c.sequence - c.before - 1) filter (where c.sequence > c.before), 0) as gaps, 0 as late, 0 as barred
    from counted c group by c.terminal
    union all
    select k.terminal, null, null, 0, count(*), 0 from known k where k.occurred_at < k.known_until group by k.terminal
    union all
    -- Before the first number that is known there is no gap to explain.
    select n.terminal, null, null, 0, 0, count(*)
    from noted n
    left join payments.sequence_watch w on w.terminal = n.terminal
    where n.sequence is null and (w.terminal is not null
      or n.decided_at > (select min(c.decided_at) from counted c where c.terminal = n.terminal))
    group by n.terminal
  ), summed as (
    select c.terminal, coalesce(max(c.last_sequence), w.last_sequence) as last_sequence,
      coalesce(max(c.last_occurred_at), w.last_occurred_at) as last_occurred_at,
      greatest(0, coalesce(w.missing, 0) + sum(c.gaps) - sum(c.late)) as missing,
      coalesce(w.barred, 0) + sum(c.barred) as barred
    from change c
    left join payments.sequence_watch w on w.terminal = c.terminal
    group by c.terminal, w.terminal
  ), watched as (
    insert into payments.sequence_watch (terminal, last_sequence, last_occurred_at, missing, barred)
    select s.terminal, s.last_sequence, s.last_occurred_at, s.missing - least(s.missing, s.barred),
      s.barred - least(s.missing, s.barred)
    from summed s where s.last_sequence is not null
    on conflict (terminal) do update set last_sequence = excluded.last_sequence,
      last_occurred_at = excluded.last_occurred_at, missing = excluded.missing, barred = excluded.barred
  )
  select count(*) into v_breaks from broken;
  update payments.sequence_cursor set until = p_until;
  return v_breaks;
end $$;

-- Whoever lets a terminal use a number without a sale says so here, in the same transaction. Without a sequence: barred before
-- it arrived. Where there is a sale, it says so itself.
create or replace function payments.note_sequence(
  p_terminal bigint, p_order uuid, p_sequence bigint, p_occurred_at timestamptz, p_decided_at timestamptz
) returns void
language sql volatile set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  insert into payments.sequence_note (terminal, order_no, sequence, occurred_at, decided_at)
  select p_terminal, p_order, p_sequence, p_occurred_at, p_decided_at
  where not exists (
    select from payments.order_number k where k.order_no = p_order and k.terminal = p_terminal and k.payment is not null)
  on conflict do nothing
$$;

-- A request that was refused for good has used a number too. Which one is not asked: should it be decided all the same, its
-- number would have come twice.
create or replace function payments.note_refused(p_terminal bigint, p_order uuid) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select payments.note_sequence(p_terminal, p_order, null, null, platform.now())
$$;
