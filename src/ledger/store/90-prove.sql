-- The books against themselves. One row for each proof, with how many things break it; zero everywhere is the only answer.
create or replace function ledger.prove() returns table (proof text, broken bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select 'every entry sums to zero', count(*)
  from (select from ledger.posting p group by p.entry having sum(p.amount) <> 0) x
  union all
  select 'the ledger sums to zero', case when coalesce(sum(p.amount), 0) = 0 then 0 else 1 end from ledger.posting p
  union all
  select 'every entry has lines and every line an entry', count(*)
  from (select p.entry from ledger.posting p group by p.entry) p full join ledger.entry e on e.id = p.entry
  where e.id is null or p.entry is null
  union all
  select 'guarded balance = fold of its postings', count(*)
  from ledger.account a
  left join (select p.account, sum(p.amount) as amount, count(*) as n from ledger.posting p group by p.account) f
    on f.account = a.id
  where a.guarded and (a.balance <> coalesce(f.amount, 0) or a.seq <> coalesce(f.n, 0))
  union all
  select 'running balances chain without a gap', count(*)
  from (
    select p.balance_after - p.amount - coalesce(lag(p.balance_after) over w, 0) as jump,
      p.seq - coalesce(lag(p.seq) over w, 0) as step
    from ledger.posting p where p.seq is not null
    window w as (partition by p.account order by p.seq)
  ) x where x.jump <> 0 or x.step <> 1
  union all
  select 'unguarded deltas = fold of their postings', count(*)
  from ledger.account a
  left join (select p.account, sum(p.amount) as amount from ledger.posting p group by p.account) f on f.account = a.id
  left join (select d.account, sum(d.amount) as amount from ledger.delta d group by d.account) d on d.account = a.id
  where not a.guarded and coalesce(f.amount, 0) <> coalesce(d.amount, 0)
  union all
  select 'held = sum of open holds', count(*)
  from ledger.account a
  left join (select l.account, sum(l.amount - l.captured - l.released) as amount from ledger.hold_line l group by l.account) h
    on h.account = a.id
  where a.held <> coalesce(h.amount, 0)
  union all
  select 'every hold = its lines', count(*)
  from ledger.hold h
  where (h.amount, h.captured, h.released) is distinct from
    (select (sum(l.amount)::bigint, sum(l.captured)::bigint, sum(l.released)::bigint) from ledger.hold_line l where l.hold = h.id)
  union all
  select 'no purse is below zero or below what is held on it', count(*)
  from ledger.account a where a.guarded and (a.balance - a.held < 0 or a.held < 0)
  union all
  select 'no entry is reversed twice', count(*)
  from (select from ledger.entry e where e.reverses is not null group by e.reverses having count(*) > 1) x
  union all
  select 'append-only tables refuse change', count(*)
  from (
    select p.relid from unnest(array['ledger.entry', 'ledger.posting', 'platform.outbox']::regclass[]) t (name)
    cross join pg_partition_tree(t.name) p
    union all select 'ledger.delta'::regclass
  ) kept
  where (select count(*) from pg_trigger t where t.tgrelid = kept.relid and t.tgenabled <> 'D'
         and t.tgname in ('append_only', 'append_only_truncate')) < 2
$$;
