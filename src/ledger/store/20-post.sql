-- Writes entries whose lines are decided already, and moves the balances: guarded accounts by their row, unguarded ones by
-- an inserted delta. The accounts are locked by the caller, in id order; each guarded account appears once in the batch.
create or replace function ledger.post(
  p_entry bigint[], p_kind text[], p_about jsonb[], p_reverses bigint[], p_hold bigint[],
  p_line_entry bigint[], p_line_account bigint[], p_line_amount bigint[]
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  -- Once for the batch: a default is evaluated for each row, and these would cost more than the row.
  v_now timestamptz := platform.now();
  v_era int := platform.current_era();
  v_unknown boolean; v_twice boolean;
begin
  if exists (select from unnest(p_line_entry, p_line_amount) l (entry, amount)
             group by l.entry having sum(l.amount) <> 0) then
    raise exception 'an entry must sum to zero' using errcode = 'CP002';
  end if;
  select coalesce(bool_or(x.id is null), true), coalesce(bool_or(x.guarded and x.lines > 1), false)
  into v_unknown, v_twice
  from (select a.id, a.guarded, count(*) as lines
        from unnest(p_line_account) l (account) left join ledger.account a on a.id = l.account
        group by a.id, a.guarded) x;
  if v_unknown then
    raise exception 'an entry has no lines, or one on an account that is not there' using errcode = 'CP004';
  elsif v_twice then
    raise exception 'a guarded account may appear once in a batch' using errcode = 'CP003';
  end if;

  insert into ledger.entry (id, posted_at, kind, reverses, hold, about, era)
  select e.id, v_now, e.kind, e.reverses, e.hold, coalesce(e.about, '{}'), v_era
  from unnest(p_entry, p_kind, p_about, p_reverses, p_hold) e (id, kind, about, reverses, hold);

  with line as materialized (
    select l.entry, l.account, l.amount, a.guarded, a.balance + l.amount as balance, a.seq + 1 as seq,
      row_number() over (partition by l.entry order by l.position) as number
    from unnest(p_line_entry, p_line_account, p_line_amount) with ordinality l (entry, account, amount, position)
    join ledger.account a on a.id = l.account
  ), moved as (
    update ledger.account a set balance = line.balance, seq = line.seq
    from line where line.account = a.id and line.guarded
  ), folded_later as (
    insert into ledger.delta (account, amount, entries, posted_at, era)
    select account, sum(amount)::bigint, count(*)::int, v_now, v_era from line where not guarded group by account
  )
  insert into ledger.posting (entry, line, account, amount, seq, balance_after, posted_at)
  select entry, number, account, amount,
    case when guarded then seq end, case when guarded then balance end, v_now
  from line;
end $$;

-- One balanced entry with lines chosen by the caller. A guarded account that would go below what is held on it: CP001.
create or replace function ledger.record(
  p_kind text, p_accounts bigint[], p_amounts bigint[], p_about jsonb
) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_entry bigint := nextval('ledger.entry_id');
begin
  perform from (select a.id from ledger.account a where a.id = any (p_accounts) order by a.id for no key update) l;
  if exists (select from unnest(p_accounts, p_amounts) l (account, amount)
             join ledger.account a on a.id = l.account
             where a.guarded and a.balance - a.held + l.amount < 0) then
    raise exception 'a guarded account would be overdrawn' using errcode = 'CP001';
  end if;
  perform ledger.post(array[v_entry], array[p_kind], array[p_about], array[null::bigint], array[null::bigint],
    array_fill(v_entry, array[cardinality(p_accounts)]), p_accounts, p_amounts);
  return v_entry;
end $$;
