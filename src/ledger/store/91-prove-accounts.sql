-- Every account against what was posted on it: balances, running balances, and where money may lie at all.
create or replace function ledger.prove_accounts() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with fold as (
    select p.account, sum(p.amount) as amount, count(*) as lines, count(p.seq) as numbered
    from ledger.posting p group by p.account
  ), account as (
    select a.guarded, coalesce(a.balance, 0) as balance, coalesce(a.seq, 0) as seq, a.id, f.account as posted,
      coalesce(f.amount, 0) as amount, coalesce(f.lines, 0) as lines, coalesce(f.numbered, 0) as numbered,
      coalesce(d.amount, 0) as delta
    from ledger.account a
    full join fold f on f.account = a.id
    left join (select x.account, sum(x.amount) as amount from ledger.delta x group by x.account) d on d.account = a.id
  )
  select n.proof, n.broken
  from (
    select count(*) filter (where a.guarded and (a.balance <> a.amount or a.seq <> a.lines)) as balance,
      count(*) filter (where not a.guarded and a.delta <> a.amount) as delta,
      count(*) filter (where a.id is null or a.numbered <> case when a.guarded then a.lines else 0 end) as place
    from account a
  ) c, lateral (values
    ('guarded balance = fold of its postings', c.balance),
    ('unguarded deltas = fold of their postings', c.delta),
    ('every line lies on an account, numbered where it carries its balance', c.place)) n (proof, broken)
  union all
  select n.proof, n.broken
  from (
    select count(*) filter (where x.jump <> 0 or x.step <> 1) as chain, count(*) filter (where x.balance_after < 0) as below
    from (
      select p.balance_after, p.balance_after - p.amount - coalesce(lag(p.balance_after) over w, 0) as jump,
        p.seq - coalesce(lag(p.seq) over w, 0) as step
      from ledger.posting p where p.seq is not null
      window w as (partition by p.account order by p.seq)
    ) x
  ) c, lateral (values
    ('running balances chain without a gap', c.chain),
    ('no purse was ever below zero', c.below)) n (proof, broken)
  union all
  select 'no purse is below zero or below what is held on it', count(*)
  from ledger.account a where a.guarded and (a.balance - a.held < 0 or a.held < 0)
$$;
