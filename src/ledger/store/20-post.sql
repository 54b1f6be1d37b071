-- Writes entries whose lines are decided already, and moves the balances: a guarded account's row becomes what its line
-- says of it, an unguarded account gets an inserted delta. The accounts are locked by the caller, in id order; each guarded
-- account appears once in the batch, each line of one says which of the account's lines it is and what it leaves, and the
-- lines of an entry stand together and sum to zero. `p_now` was read under the locks: an account's lines lie in the order
-- of their times.
create or replace function ledger.write(
  p_now timestamptz, p_entry bigint[], p_kind text[], p_about jsonb[], p_reverses bigint[], p_hold bigint[],
  p_line_entry bigint[], p_line_number int[], p_line_account bigint[], p_line_amount bigint[], p_line_seq bigint[],
  p_line_balance bigint[]
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  -- Once for the batch: a default is evaluated for each row, and these would cost more than the row.
  v_era int := platform.current_era();
  v_xid xid8 := pg_current_xact_id();
  v_moved bigint;
begin
  insert into ledger.entry (id, posted_at, kind, reverses, hold, about, era, xid)
  select p_entry[e], p_now, p_kind[e], p_reverses[e], p_hold[e], coalesce(p_about[e], '{}'), v_era, v_xid
  from generate_subscripts(p_entry, 1) e;

  insert into ledger.posting (entry, line, account, amount, seq, balance_after, posted_at)
  select p_line_entry[l], p_line_number[l], p_line_account[l], p_line_amount[l], p_line_seq[l], p_line_balance[l], p_now
  from generate_subscripts(p_line_entry, 1) l;

  update ledger.account a set balance = p_line_balance[l.ord], seq = p_line_seq[l.ord]
  from unnest(p_line_account) with ordinality l (account, ord)
  where p_line_seq[l.ord] is not null and a.id = l.account and a.guarded;
  get diagnostics v_moved = row_count;
  if v_moved <> cardinality(array_remove(p_line_seq, null)) then
    raise exception 'a guarded account may appear once in a batch' using errcode = 'CP003';
  end if;

  -- No account, or a guarded one, is null here, which the table refuses.
  insert into ledger.delta (account, amount, entries, posted_at, era, xid)
  select a.id, d.amount, d.entries, p_now, v_era, v_xid
  from (select l.account, sum(p_line_amount[l.ord])::bigint as amount, count(*)::int as entries
        from unnest(p_line_account) with ordinality l (account, ord) where p_line_seq[l.ord] is null group by 1) d
  left join ledger.account a on a.id = d.account and not a.guarded;
end $$;

-- Writes entries as they come: what each line leaves on a guarded account is read from its row.
create or replace function ledger.post(
  p_entry bigint[], p_kind text[], p_about jsonb[], p_reverses bigint[], p_hold bigint[],
  p_line_entry bigint[], p_line_number int[], p_line_account bigint[], p_line_amount bigint[]
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_seq bigint[]; v_balance bigint[];
begin
  select array_agg(case when a.guarded then a.seq + 1 end order by l.ord),
    array_agg(case when a.guarded then a.balance + l.amount end order by l.ord)
  into v_seq, v_balance
  from unnest(p_line_account, p_line_amount) with ordinality l (account, amount, ord)
  join ledger.account a on a.id = l.account;

  if cardinality(v_seq) is distinct from cardinality(p_line_account) then
    raise exception 'an entry has no lines, or one on an account that is not there' using errcode = 'CP004';
  elsif exists (select from unnest(p_line_entry, p_line_amount) l (entry, amount)
                group by l.entry having sum(l.amount) <> 0) then
    raise exception 'an entry must sum to zero' using errcode = 'CP002';
  end if;
  perform ledger.write(platform.now(), p_entry, p_kind, p_about, p_reverses, p_hold, p_line_entry, p_line_number,
    p_line_account, p_line_amount, v_seq, v_balance);
end $$;

-- One entry by itself, its lines in the order given.
create or replace function ledger.post_entry(
  p_entry bigint, p_kind text, p_about jsonb, p_reverses bigint, p_hold bigint, p_accounts bigint[], p_amounts bigint[]
) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select ledger.post(array[p_entry], array[p_kind], array[p_about], array[p_reverses], array[p_hold],
    array_fill(p_entry, array[cardinality(p_accounts)]), array(select generate_subscripts(p_accounts, 1)),
    p_accounts, p_amounts)
$$;

-- One balanced entry with lines chosen by the caller. A guarded account that would go below what is held on it: CP001.
create or replace function ledger.record(
  p_kind text, p_accounts bigint[], p_amounts bigint[], p_about jsonb
) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  v_entry bigint := nextval('ledger.entry_id');
begin
  perform from (
    select a.id from ledger.account a where a.id = any (p_accounts) and a.guarded order by a.id for no key update
  ) locked;
  if exists (select from unnest(p_accounts, p_amounts) l (account, amount)
             join ledger.account a on a.id = l.account
             where a.guarded and a.balance - a.held + l.amount < 0) then
    raise exception 'a guarded account would be overdrawn' using errcode = 'CP001';
  end if;
  perform ledger.post_entry(v_entry, p_kind, p_about, null, null, p_accounts, p_amounts);
  return v_entry;
end $$;
