-- Takes each owner's amount from the owner's accounts of the given kinds, kind by kind in the order given, earliest expiry
-- first, and never more than is free. With a credit account it is posted there at once (an entry); with a time it is set
-- aside until then (a hold). Who lacks funds gets neither and disturbs nobody else; an item without an owner is passed
-- over. One item for each owner.
create or replace function ledger.draw(
  p_owner bigint[], p_kinds text[], p_amount bigint[], p_credit bigint[], p_hold_until timestamptz[],
  p_kind text[], p_about jsonb[]
) returns table (ord int, number bigint, free bigint)
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_now timestamptz := platform.now();
  v_number bigint[]; v_free bigint[];
  v_line_ord int[]; v_line_account bigint[]; v_line_amount bigint[];
begin
  if (select count(distinct o) <> count(o) from unnest(p_owner) o) then
    raise exception 'an owner may appear once in a batch' using errcode = 'CP003';
  end if;
  perform from (
    select a.id from ledger.account a where a.owner = any (p_owner) and a.guarded
    order by a.id for no key update
  ) locked;
  perform ledger.release_expired(p_owner);

  with item as materialized (
    select i.ord::int, i.owner, string_to_array(i.kinds, ',') as kinds, i.amount
    from unnest(p_owner, p_kinds, p_amount) with ordinality i (owner, kinds, amount, ord)
  ), purse as materialized (
    select i.ord, i.amount, a.id as account, a.balance - a.held as free,
      sum(a.balance - a.held) over this_and_earlier as free_so_far, row_number() over this_and_earlier as rank
    from item i
    join ledger.account a on a.owner = i.owner and a.guarded and a.kind = any (i.kinds)
      and (a.usable_until is null or a.usable_until > v_now)
    window this_and_earlier as (partition by i.ord
      order by array_position(i.kinds, a.kind), a.usable_until nulls last, a.id rows unbounded preceding)
  ), decided as materialized (
    select i.ord, i.amount, coalesce(f.free, 0) as free,
      case when f.free >= i.amount then nextval('ledger.entry_id') end as number
    from item i
    left join (select p.ord, sum(p.free)::bigint as free from purse p group by p.ord) f on f.ord = i.ord
  ), taken as (
    select p.ord, p.rank, p.account, least(p.free, p.amount - (p.free_so_far - p.free))::bigint as amount
    from purse p join decided d on d.ord = p.ord and d.number is not null
    where p.free > 0 and p.amount > p.free_so_far - p.free
  )
  select (select array_agg(d.number order by d.ord) from decided d),
         (select array_agg(d.free order by d.ord) from decided d),
         array_agg(t.ord order by t.ord, t.rank), array_agg(t.account order by t.ord, t.rank),
         array_agg(t.amount order by t.ord, t.rank)
  into v_number, v_free, v_line_ord, v_line_account, v_line_amount
  from taken t;

  perform ledger.post(e.number, e.kind, e.about, e.none, e.none, l.entry, l.account, l.amount)
  from (
    select array_agg(v_number[i]) as number, array_agg(p_kind[i]) as kind, array_agg(p_about[i]) as about,
      array_agg(null::bigint) as none
    from generate_subscripts(p_owner, 1) i where v_number[i] is not null and p_credit[i] is not null
  ) e, (
    select array_agg(v_number[x.i] order by x.i, x.position) as entry,
      array_agg(x.account order by x.i, x.position) as account, array_agg(x.amount order by x.i, x.position) as amount
    from (
      select t.i, t.position, t.account, -t.amount as amount
      from unnest(v_line_ord, v_line_account, v_line_amount) with ordinality t (i, account, amount, position)
      union all
      select i, 1e6::bigint, p_credit[i], p_amount[i] from generate_subscripts(p_owner, 1) i
    ) x where v_number[x.i] is not null and p_credit[x.i] is not null
  ) l where e.number is not null;

  perform ledger.set_aside(h.number, h.owner, h.amount, h.until, l.hold, l.account, l.amount)
  from (
    select array_agg(v_number[i]) as number, array_agg(p_owner[i]) as owner, array_agg(p_amount[i]) as amount,
      array_agg(p_hold_until[i]) as until
    from generate_subscripts(p_owner, 1) i where v_number[i] is not null and p_credit[i] is null
  ) h, (
    select array_agg(v_number[t.i] order by t.position) as hold, array_agg(t.account order by t.position) as account,
      array_agg(t.amount order by t.position) as amount
    from unnest(v_line_ord, v_line_account, v_line_amount) with ordinality t (i, account, amount, position)
    where p_credit[t.i] is null
  ) l where h.number is not null;

  return query select s.i, v_number[s.i], v_free[s.i] from generate_subscripts(p_owner, 1) s (i);
end $$;
