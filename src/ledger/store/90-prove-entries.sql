-- What was posted, against itself. One row for each proof, with how many things break it; zero everywhere is the only answer.
create or replace function ledger.prove_entries() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with entry as (
    select p.entry, p.posted_at, sum(p.amount) as amount from ledger.posting p group by p.entry, p.posted_at
  ), line as (
    select count(*) filter (where x.amount <> 0) as tilted, coalesce(sum(x.amount), 0) as total,
      count(*) filter (where x.entry is null or e.id is null) as alone
    from entry x full join ledger.entry e on e.id = x.entry and e.posted_at = x.posted_at
  )
  select n.proof, n.broken
  from line, lateral (values
    ('every entry sums to zero', line.tilted),
    ('the ledger sums to zero', (line.total <> 0)::int::bigint),
    ('every entry has lines and every line an entry', line.alone)) n (proof, broken)
  union all
  select 'every number is one entry or one hold', count(*)
  from (select from (select e.id from ledger.entry e union all select h.id from ledger.hold h) n
        group by n.id having count(*) > 1) x
  union all
  -- A reversal is the mirror of an entry, whole or in parts: to each account at most what the entry took, never more of it.
  select 'what is given back was taken before', count(*)
  from (
    select e.reverses as entry, b.account, sum(b.amount) as amount
    from ledger.entry e join ledger.posting b on b.entry = e.id and b.posted_at = e.posted_at
    where e.reverses is not null group by e.reverses, b.account
  ) back
  left join (
    select p.entry, p.account, sum(p.amount) as amount from ledger.posting p
    where p.entry in (select e.reverses from ledger.entry e) group by p.entry, p.account
  ) took using (entry, account)
  where took.amount is null or sign(back.amount) = sign(took.amount) or abs(back.amount) > abs(took.amount)
$$;
