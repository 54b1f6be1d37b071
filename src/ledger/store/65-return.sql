-- Gives back part of what entries took, to the very accounts that it came from, in mirror order: of the entries in the
-- order given, last line first. The caller keeps how much went back before, and skips it; nothing is given back twice, and
-- never more than was taken. All of it is one entry.
create or replace function ledger.give_back(
  p_entries bigint[], p_skip bigint, p_amount bigint, p_kind text, p_about jsonb
) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_number bigint := nextval('ledger.entry_id');
  v_account bigint[];
  v_amount bigint[];
begin
  perform from (
    select a.id from ledger.account a
    where a.guarded and a.id in (select p.account from ledger.posting p where p.entry = any (p_entries))
    order by a.id for no key update
  ) locked;

  -- Each side of an entry is a row of lines laid end to end, and what is given back is one stretch of both.
  with line as materialized (
    select e.ord, p.line, p.account, p.amount, abs(p.amount) as size,
      sum(abs(p.amount)) over (partition by e.ord, p.amount > 0 order by p.line desc) as ends
    from unnest(p_entries) with ordinality e (id, ord)
    join ledger.posting p on p.entry = e.id
  ), stretch as (
    select t.ord, greatest(p_skip - t.before, 0) as begins, least(p_skip + p_amount - t.before, t.amount) as ends
    from (
      select x.ord, x.amount, sum(x.amount) over (order by x.ord) - x.amount as before
      from (select l.ord, max(l.ends) as amount from line l group by l.ord) x
    ) t
  ), part as (
    select l.account, min(l.ord * 1000 - l.line) as place,
      sum(sign(-l.amount) * (least(l.ends, s.ends) - greatest(l.ends - l.size, s.begins)))::bigint as amount
    from line l join stretch s on s.ord = l.ord
    where l.ends > s.begins and l.ends - l.size < s.ends and s.begins < s.ends
    group by l.account
  )
  select array_agg(p.account order by p.place), array_agg(p.amount order by p.place) into v_account, v_amount from part p;

  if p_skip < 0 or p_amount is distinct from (select sum(a) from unnest(v_amount) a where a > 0)::bigint then
    raise exception 'more than what was taken cannot be given back' using errcode = 'CP006';
  end if;
  perform ledger.post_entry(v_number, p_kind, p_about, null, null, v_account, v_amount);
  return v_number;
end $$;
