-- Counts the wrong codes of a batch. `p_guessed` has, for each sale, whose code it may have been meant to be, as
-- `credential@first step of the epoch` with commas between; empty when nobody's, and null when the code was right. A
-- request that was answered before counts nothing. Rows are taken in one order, after everything else that a sale locks.
create or replace function payment_codes.count_failures(
  p_guessed text[], p_terminal bigint[], p_outcome text[], p_now timestamptz
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  with wrong as (
    select split_part(t.target, '@', 1)::bigint as credential, split_part(t.target, '@', 2)::bigint as first_step,
      count(*)::int as count
    from unnest(p_guessed, p_outcome) i (guessed, outcome)
    cross join lateral unnest(string_to_array(nullif(i.guessed, ''), ',')) t (target)
    where i.outcome is null
    group by 1, 2
  ), counted as (
    insert into payment_codes.guess as g (credential, first_step, count)
    select w.credential, w.first_step, w.count from wrong w order by w.credential, w.first_step
    on conflict on constraint guess_of_epoch do update set count = g.count + excluded.count
    returning g.credential, g.first_step, g.count
  )
  insert into payment_codes.alarm (kind, credential)
  select 'code_guessed', c.credential
  from counted c join wrong w on w.credential = c.credential and w.first_step = c.first_step
  where c.count >= 10 and c.count - w.count < 10;

  with wrong as (
    select i.terminal, array_agg(p_now) as wrong_at
    from unnest(p_guessed, p_terminal, p_outcome) i (guessed, terminal, outcome)
    where i.guessed is not null and i.outcome is null
    group by i.terminal
  )
  insert into payment_codes.scanner as s (terminal, wrong_at)
  select w.terminal, w.wrong_at from wrong w order by w.terminal
  on conflict (terminal) do update
  set wrong_at = (s.wrong_at || excluded.wrong_at)[greatest(1, cardinality(s.wrong_at || excluded.wrong_at) - 14):];

  -- Fifteen in a minute.
  with paused as (
    update payment_codes.scanner s set paused_until = p_now + interval '30 seconds', wrong_at = '{}'
    from (select distinct terminal from unnest(p_terminal) t (terminal)) i
    where s.terminal = i.terminal and cardinality(s.wrong_at) >= 15 and s.wrong_at[1] > p_now - interval '1 minute'
      and not exists (select from payment_codes.pause_policy p where p.suspended_until > p_now)
    returning s.terminal
  )
  insert into payment_codes.alarm (kind, terminal) select 'terminal_paused', p.terminal from paused p;
end $$;

-- Something wrong that was tried at a terminal and is no code, such as a PIN: it counts like a wrong code that is nobody's.
create or replace function payment_codes.count_wrong_try(p_terminal bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select payment_codes.count_failures(array[''], array[p_terminal], array[null::text], platform.now())
$$;

-- Codes fail everywhere: for so long no terminal is paused. One alarm for as long as it goes on.
create or replace function payment_codes.suspend_pauses(p_seconds int) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_now timestamptz := platform.now();
  v_until timestamptz;
begin
  select p.suspended_until into v_until from payment_codes.pause_policy p for update;
  update payment_codes.pause_policy p
  set suspended_until = greatest(p.suspended_until, v_now + make_interval(secs => p_seconds)) where p.only_one;
  if v_until < v_now then
    insert into payment_codes.alarm (kind) values ('codes_failing');
  end if;
end $$;

-- Guesses of epochs that are over say nothing any more.
create or replace function payment_codes.forget_guesses() returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  -- The longest epoch has 20 steps.
  delete from payment_codes.guess g where g.first_step < floor(extract(epoch from platform.now()) / 30) - 60
$$;
