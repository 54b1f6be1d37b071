-- Names every certificate of these credentials that could still be used. It counts from the commit for whoever asks the
-- service, and from the next list for terminals without a network. To list twice is to list once.
create or replace function payment_codes.hotlist_credentials(p_credentials bigint[], p_reason text) returns int
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_count int;
begin
  insert into payment_codes.hotlist_entry (reference, not_after, reason)
  select c.reference, c.expires_at, p_reason
  from payment_codes.certificate c
  where c.credential = any (p_credentials) and c.expires_at > platform.now()
  order by c.reference
  on conflict (reference) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end $$;

-- Makes a new list when something came or went, or when the last one has grown old; otherwise the last one stays. An entry
-- goes an hour after its certificate has ended: clocks of terminals differ.
create or replace function payment_codes.make_hotlist()
returns table (number bigint, made_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  h payment_codes.hotlist;
  v_now timestamptz;
  v_renew interval;
  v_number bigint;
  v_came int;
  v_went int;
begin
  -- One list after the other, in every process.
  select * into strict h from payment_codes.hotlist for update;
  v_now := platform.now();
  select make_interval(secs => p.hotlist_seconds) into strict v_renew from payment_codes.offline_policy p;
  v_number := greatest(h.number + 1, floor(extract(epoch from v_now))::bigint);

  -- What has ended before any list had it comes into none.
  update payment_codes.hotlist_entry e set version = v_number
  where e.version is null and e.removed_in is null and e.not_after > v_now - interval '1 hour';
  get diagnostics v_came = row_count;
  update payment_codes.hotlist_entry e set removed_in = v_number
  where e.removed_in is null and e.not_after <= v_now - interval '1 hour';
  get diagnostics v_went = row_count;

  if v_came + v_went > 0 or h.made_at + v_renew <= v_now or h.made_at > v_now then
    update payment_codes.hotlist x set number = v_number, made_at = v_now,
      changed_number = case when v_came + v_went > 0 then v_number else x.changed_number end;
    return query select v_number, v_now;
  else
    return query select h.number, h.made_at;
  end if;
end $$;

-- What a list says.
create or replace function payment_codes.hotlist_at(p_number bigint) returns table (reference bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.reference from payment_codes.hotlist_entry e
  where e.version <= p_number and (e.removed_in is null or e.removed_in > p_number)
  order by e.reference
$$;

-- Certificates that never paid are forgotten a month after they ended, and with them what the list said of them. What paid
-- stays: somebody may bring its code again.
create or replace function payment_codes.forget_certificates(p_limit int) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_reference bytea[];
begin
  with gone as (
    delete from payment_codes.certificate c
    where c.id in (
      select x.id from payment_codes.certificate x
      where x.expires_at < platform.now() - interval '30 days' and x.mark = -1 order by x.expires_at limit p_limit
    ) returning c.reference
  )
  select coalesce(array_agg(g.reference), '{}') into v_reference from gone g;
  delete from payment_codes.hotlist_entry e where e.reference = any (v_reference);
  return cardinality(v_reference);
end $$;
