-- What a place may let its tills show of who pays: what each kind of purse gave for this sale or holds for it, and what the card
-- can still spend. Null for a sale of nobody's card.
create or replace function payments.shown(p_payment bigint) returns table (purses jsonb, balance bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select (
    select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'amount', d.amount) order by d.kind), '[]')
    from (
      select a.kind, sum(x.amount) as amount
      from (
        select l.account, -l.amount as amount from ledger.posting l where p.hold is null and l.entry = p.entry and l.amount < 0
        union all
        select h.account, case p.state when 'held' then h.amount - h.released else h.captured end
        from ledger.hold_line h where h.hold = p.hold and p.state <> 'declined'
      ) x
      join ledger.account a on a.id = x.account and a.guarded
      group by a.kind having sum(x.amount) > 0
    ) d
  ), (
    select coalesce(sum(a.balance - a.held), 0)::bigint from ledger.account a
    where a.owner = p.card and a.guarded and (a.usable_until is null or a.usable_until > platform.now())
  )
  from payments.payment p where p.id = p_payment and p.card is not null
$$;
