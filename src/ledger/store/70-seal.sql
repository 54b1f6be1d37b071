-- Seals the next entries in one block, in the order of their positions (era, xid, id), and only entries behind the commit
-- horizon: every transaction that could still add one before them has ended. So an entry that drew its number early and
-- committed late is sealed too, and no block is ever added to. Returns how many were sealed. docs/seal.md has the bytes.
create or replace function ledger.sealed_number(p_number bigint) returns bytea immutable
return case when p_number is null then '\x00'::bytea else '\x01'::bytea || int8send(p_number) end;

create or replace function ledger.sealed_text(p_text bytea) returns bytea immutable
return int4send(octet_length(p_text)) || p_text;

-- Microseconds since 1970.
create or replace function ledger.sealed_instant(p_instant timestamptz) returns bytea stable
return int8send((extract(epoch from p_instant) * 1000000)::bigint);

-- RFC 6962: nodes in pairs, from the left; the one that has no pair goes up as it is.
create or replace function ledger.merkle_root(p_leaves bytea) returns bytea
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  v_level bytea := p_leaves;
begin
  while octet_length(v_level) > 32 loop
    select string_agg(case octet_length(x.pair) when 64 then sha256('\x01'::bytea || x.pair) else x.pair end,
      ''::bytea order by x.i) into v_level
    from (
      select i, substr(v_level, i * 64 + 1, 64) as pair from generate_series(0, (octet_length(v_level) - 1) / 64) i
    ) x;
  end loop;
  return v_level;
end $$;

create or replace function ledger.block_hash(b ledger.block) returns bytea
language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256('\x02'::bytea || '\x01'::bytea || int8send(b.no) || b.prev_hash
    || int4send(b.first_era) || xid8send(b.first_xid) || int8send(b.first_id)
    || int4send(b.last_era) || xid8send(b.last_xid) || int8send(b.last_id)
    || int4send(b.entries) || int8send(b.total) || b.root || ledger.sealed_instant(b.sealed_at))
$$;

create or replace function ledger.seal_block(p_entries int) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_bitmapscan = off
set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  v_last ledger.block;
  b ledger.block;
  v_era int;
  v_horizon xid8;
begin
  -- One block at a time, also when two processes believe it is their turn.
  perform pg_advisory_xact_lock(hashtext('ledger.seal_block'));
  select * into v_last from ledger.block x order by x.no desc limit 1;
  b.no := coalesce(v_last.no, 0) + 1;
  b.prev_hash := coalesce(v_last.hash, decode(repeat('00', 32), 'hex'));
  b.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  b.sealed_at := platform.now();
  -- Read before the entries are: what is below it has ended by then, and the next statement sees it.
  v_era := platform.current_era();
  v_horizon := pg_snapshot_xmin(pg_current_snapshot());

  with entry as materialized (
    select e.era, e.xid, e.id, e.posted_at, e.reverses, e.hold,
      convert_to(e.kind, 'UTF8') as kind, convert_to(e.about::text, 'UTF8') as about
    from ledger.entry e
    where (e.era, e.xid, e.id) > (coalesce(v_last.last_era, 0), coalesce(v_last.last_xid, '0'), coalesce(v_last.last_id, 0))
      and (e.era, e.xid) < (v_era, v_horizon)
    order by e.era, e.xid, e.id
    limit p_entries
  ), leaf as materialized (
    select e.era, e.xid, e.id, sha256('\x00'::bytea || '\x01'::bytea || sha256(b.salt || int8send(e.id))
      || int8send(e.id) || int4send(e.era) || xid8send(e.xid) || ledger.sealed_instant(e.posted_at)
      || ledger.sealed_text(e.kind) || ledger.sealed_number(e.reverses) || ledger.sealed_number(e.hold)
      || ledger.sealed_text(e.about) || l.lines) as hash
    from entry e
    cross join lateral (
      select int4send(count(*)::int) || coalesce(string_agg(int2send(p.line) || int8send(p.account) || int8send(p.amount)
        || ledger.sealed_number(p.seq) || ledger.sealed_number(p.balance_after), ''::bytea order by p.line), '') as lines
      from ledger.posting p where p.entry = e.id and p.posted_at = e.posted_at
    ) l
  )
  select a.n, a.leaves, f.era, f.xid, f.id, l.era, l.xid, l.id
  into b.entries, b.leaves, b.first_era, b.first_xid, b.first_id, b.last_era, b.last_xid, b.last_id
  from (select count(*)::int as n, string_agg(x.hash, ''::bytea order by x.era, x.xid, x.id) as leaves from leaf x) a,
    (select x.era, x.xid, x.id from leaf x order by x.era, x.xid, x.id limit 1) f,
    (select x.era, x.xid, x.id from leaf x order by x.era desc, x.xid desc, x.id desc limit 1) l;
  if not found then return 0; end if;

  b.total := coalesce(v_last.total, 0) + b.entries;
  b.root := ledger.merkle_root(b.leaves);
  b.hash := ledger.block_hash(b);
  insert into ledger.block values (b.*);
  return b.entries;
end $$;
