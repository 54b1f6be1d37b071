-- Takes each owner's amount from the owner's accounts of the given kinds, kind by kind in the order given, earliest expiry
-- first, and never more than is free. With a credit account it is posted there at once (an entry); with a time it is set
-- aside until then (a hold). Who lacks funds gets neither and disturbs nobody else; an item without an owner is passed
-- over. One item for each owner.
create or replace function ledger.draw(
  p_owner bigint[], p_kinds text[], p_amount bigint[], p_credit bigint[], p_hold_until timestamptz[],
  p_kind text[], p_about jsonb[]
) returns table (ord int, number bigint, free bigint)
language plpgsql rows 64 set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  v_number bigint[] := array_fill(null::bigint, array[cardinality(p_owner)]);
  v_free bigint[] := array_fill(0::bigint, array[cardinality(p_owner)]);
  v_wanted bigint[] := p_amount;
  -- The purses of all owners, each owner's in the order of drawing; their owner's place in the batch.
  v_ord int[]; v_account bigint[]; v_rest bigint[];
  e_number bigint[]; e_kind text[]; e_about jsonb[]; e_line bigint[]; e_line_number int[]; e_account bigint[]; e_amount bigint[];
  v_line int;
  h_number bigint[]; h_owner bigint[]; h_amount bigint[]; h_until timestamptz[];
  h_line bigint[]; h_account bigint[]; h_line_amount bigint[];
  v_taken bigint;
  o int;
begin
  if (select count(distinct u) <> count(u) from unnest(p_owner) u) then
    raise exception 'an owner may appear once in a batch' using errcode = 'CP003';
  end if;
  perform from (
    select a.id from ledger.account a where a.owner = any (p_owner) and a.guarded
    order by a.id for no key update
  ) locked;
  perform ledger.release_expired(p_owner);
  v_now := platform.now();

  select array_agg(p.ord), array_agg(p.account), array_agg(p.free) into v_ord, v_account, v_rest
  from (
    select i.ord::int, a.id as account, a.balance - a.held as free
    from unnest(p_owner, p_kinds) with ordinality i (owner, kinds, ord)
    join ledger.account a on a.owner = i.owner and a.guarded
    cross join lateral (select strpos(',' || i.kinds || ',', ',' || a.kind || ',') as place) k
    where k.place > 0 and a.balance > a.held and (a.usable_until is null or a.usable_until > v_now)
    order by i.ord, k.place, a.usable_until nulls last, a.id
  ) p;
  for i in 1 .. coalesce(cardinality(v_ord), 0) loop
    v_free[v_ord[i]] := v_free[v_ord[i]] + v_rest[i];
  end loop;

  for i in 1 .. cardinality(p_owner) loop
    continue when v_free[i] < p_amount[i];
    v_number[i] := nextval('ledger.entry_id');
    if p_credit[i] is not null then
      e_number := e_number || v_number[i];
      e_kind := e_kind || p_kind[i];
      e_about := e_about || p_about[i];
    else
      h_number := h_number || v_number[i];
      h_owner := h_owner || p_owner[i];
      h_amount := h_amount || p_amount[i];
      h_until := h_until || p_hold_until[i];
    end if;
  end loop;

  for i in 1 .. coalesce(cardinality(v_ord), 0) loop
    o := v_ord[i];
    continue when v_number[o] is null or v_wanted[o] = 0;
    v_taken := least(v_rest[i], v_wanted[o]);
    v_wanted[o] := v_wanted[o] - v_taken;
    if p_credit[o] is not null then
      v_line := case when v_ord[i - 1] = o then v_line + 1 else 1 end;
      e_line := e_line || v_number[o];
      e_line_number := e_line_number || v_line;
      e_account := e_account || v_account[i];
      e_amount := e_amount || -v_taken;
      continue when v_wanted[o] > 0;
      e_line := e_line || v_number[o];
      e_line_number := e_line_number || v_line + 1;
      e_account := e_account || p_credit[o];
      e_amount := e_amount || p_amount[o];
    else
      h_line := h_line || v_number[o];
      h_account := h_account || v_account[i];
      h_line_amount := h_line_amount || v_taken;
    end if;
  end loop;

  if e_number is not null then
    perform ledger.post(e_number, e_kind, e_about, null, null, e_line, e_line_number, e_account, e_amount);
  end if;
  if h_number is not null then
    perform ledger.set_aside(h_number, h_owner, h_amount, h_until, h_line, h_account, h_line_amount);
  end if;
  return query select s.i, v_number[s.i], v_free[s.i] from generate_subscripts(p_owner, 1) s (i);
end $$;
