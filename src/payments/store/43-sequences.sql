-- Looks at the sequences of the sales that were decided since the last look and before an instant, each terminal's in the
-- order in which they were decided. What a terminal says happened before a sale that is known already came late (a record
-- without a network) and fills a gap; a later sale under a number that is not higher is a break, noticed once.
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
  with sale as (
    select p.terminal, p.id, p.sequence, p.occurred_at, p.decided_at, w.last_sequence, w.last_occurred_at,
      greatest(w.last_occurred_at, max(p.occurred_at) over (
        partition by p.terminal order by p.decided_at, p.occurred_at, p.sequence, p.id
        rows between unbounded preceding and 1 preceding)) as known_until
    from payments.payment p
    join terminals.terminal t on t.id = p.terminal and not t.kiosk
    left join payments.sequence_watch w on w.terminal = p.terminal
    where p.decided_at >= v_from and p.decided_at < p_until
  ), counted as (
    select s.*, coalesce(lag(s.sequence) over in_order, s.last_sequence) as before
    from sale s where s.known_until is null or s.occurred_at >= s.known_until
    window in_order as (partition by s.terminal order by s.decided_at, s.occurred_at, s.sequence, s.id)
  ), broken as (
    insert into payments.sequence_break (terminal, payment, decided_at, sequence, expected, noticed_at)
    select c.terminal, c.id, c.decided_at, c.sequence, c.before + 1, platform.now()
    from counted c where c.sequence <= c.before on conflict do nothing returning 1
  ), late as (
    select s.terminal, count(*) as filled from sale s where s.occurred_at < s.known_until group by s.terminal
  ), watched as (
    insert into payments.sequence_watch as w (terminal, last_sequence, last_occurred_at, missing)
    select c.terminal, (array_agg(c.sequence order by c.decided_at desc, c.occurred_at desc, c.sequence desc, c.id desc))[1],
      max(c.occurred_at), coalesce(sum(c.sequence - c.before - 1) filter (where c.sequence > c.before), 0)
    from counted c group by c.terminal
    on conflict (terminal) do update set last_sequence = excluded.last_sequence,
      last_occurred_at = excluded.last_occurred_at,
      missing = greatest(0, w.missing + excluded.missing
        - coalesce((select l.filled from late l where l.terminal = w.terminal), 0))
  ), filled as (
    update payments.sequence_watch w set missing = greatest(0, w.missing - l.filled)
    from late l
    where w.terminal = l.terminal and not exists (select from counted c where c.terminal = l.terminal)
  )
  select count(*) into v_breaks from broken;
  update payments.sequence_cursor set until = p_until;
  return v_breaks;
end $$;
