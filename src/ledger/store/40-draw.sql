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
  -- The purses with money of all owners, each owner's in the order of drawing; their owner's place in the batch.
  v_ord int[]; v_account bigint[]; v_rest bigint[]; v_until timestamptz[]; v_balance bigint[]; v_seq bigint[];
  e_number bigint[]; e_kind text[]; e_about jsonb[]; e_line bigint[]; e_line_number int[]; e_account bigint[];
  e_amount bigint[]; e_seq bigint[]; e_balance bigint[];
  h_number bigint[]; h_owner bigint[]; h_amount bigint[]; h_until timestamptz[];
  h_line bigint[]; h_account bigint[]; h_line_amount bigint[];
  v_line int; v_line_of int; v_taken bigint; v_is_held boolean; o int;
begin
  loop
    -- Locked in id order, whatever they hold, and read as they are under their locks.
    select array_agg(l.ord), array_agg(l.id), array_agg(l.free), array_agg(l.usable_until), array_agg(l.balance),
      array_agg(l.seq), bool_or(l.free < l.balance), platform.now()
    into v_ord, v_account, v_rest, v_until, v_balance, v_seq, v_is_held, v_now
    from (
      select * from (
        select i.ord::int, a.id, a.usable_until, a.balance, a.balance - a.held as free, a.seq,
          strpos(',' || p_kinds[i.ord] || ',', ',' || a.kind || ',') as place
        from unnest(p_owner) with ordinality i (owner, ord)
        join ledger.account a on a.owner = i.owner and a.guarded
        order by a.id offset 0 for no key update of a
      ) p
      where p.place > 0 and p.balance > 0
      order by p.ord, p.place, p.usable_until nulls last, p.id
    ) l;
    -- What is held beyond its time is free again before anybody counts their funds.
    exit when v_is_held is not true or not exists (
      select from ledger.hold h where h.owner = any (p_owner) and h.ended_at is null and h.expires_at <= v_now);
    perform ledger.release_expired(p_owner);
  end loop;
  for i in 1 .. coalesce(cardinality(v_ord), 0) loop
    if v_until[i] <= v_now then v_rest[i] := 0; end if;
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
    continue when v_number[o] is null or v_wanted[o] = 0 or v_rest[i] = 0;
    v_taken := least(v_rest[i], v_wanted[o]);
    v_wanted[o] := v_wanted[o] - v_taken;
    if p_credit[o] is not null then
      v_line := case when v_line_of = o then v_line + 1 else 1 end;
      v_line_of := o;
      e_line := e_line || v_number[o];
      e_line_number := e_line_number || v_line;
      e_account := e_account || v_account[i];
      e_amount := e_amount || -v_taken; e_seq := e_seq || v_seq[i] + 1; e_balance := e_balance || v_balance[i] - v_taken;
      continue when v_wanted[o] > 0;
      e_line := e_line || v_number[o];
      e_line_number := e_line_number || v_line + 1;
      e_account := e_account || p_credit[o];
      e_amount := e_amount || p_amount[o]; e_seq := array_append(e_seq, null); e_balance := array_append(e_balance, null);
    else
      h_line := h_line || v_number[o];
      h_account := h_account || v_account[i];
      h_line_amount := h_line_amount || v_taken;
    end if;
  end loop;

  if e_number is not null then
    perform ledger.write(v_now, e_number, e_kind, e_about, null, null, e_line, e_line_number, e_account, e_amount,
      e_seq, e_balance);
  end if;
  if h_number is not null then
    if (select count(distinct u) <> count(u) from unnest(h_owner) u) then
      raise exception 'an owner may appear once in a batch' using errcode = 'CP003';
    end if;
    perform ledger.set_aside(h_number, h_owner, h_amount, h_until, h_line, h_account, h_line_amount);
  end if;
  return query select s.i, v_number[s.i], v_free[s.i] from generate_subscripts(p_owner, 1) s (i);
end $$;
