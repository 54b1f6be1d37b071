-- Money that came in, against the books: what was collected and what files brought is posted, once, of its amount.
create or replace function funding.prove_entries() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with entry as materialized (
    select e.id, e.kind, p.amount, a.owner
    from ledger.entry e
    join ledger.posting p on p.entry = e.id and p.posted_at = e.posted_at and p.amount > 0
    join ledger.account a on a.id = p.account
    where e.kind in ('collection', 'top-up', 'subsidy')
  )
  select 'every collection that succeeded is posted, and no other', count(*)
  from (select c.posted_entry, c.amount, c.card from funding.collection c where c.state = 'succeeded') c
  full join (select * from entry where kind = 'collection') e on e.id = c.posted_entry
  where (e.amount, e.owner) is distinct from (c.amount, c.card)
  union all
  select 'every line of a file that was paid is posted, once', count(*)
  from funding.import_line l
  left join entry e on e.id = l.entry
  where l.entry is not null and ((e.amount, e.owner) is distinct from (l.amount, l.card)
    or exists (select from funding.import_line o where o.entry = l.entry and (o.import, o.line) <> (l.import, l.line)))
$$;
