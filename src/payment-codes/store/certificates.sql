-- Certificates of the phones' keys: written once, found by their reference. The card is locked by whoever writes.
create or replace function payment_codes.add_certificates(
  p_credential bigint, p_reference bytea[], p_device_key bytea[], p_issuer_key int[], p_limit_class int, p_flags int,
  p_not_before timestamptz[], p_expires_at timestamptz[], p_bytes bytea[]
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into payment_codes.certificate (reference, credential, card, device_key, issuer_key, limit_class, flags,
    not_before, expires_at, bytes)
  select i.reference, k.id, k.card, i.device_key, i.issuer_key, p_limit_class, p_flags, i.not_before, i.expires_at, i.bytes
  from payment_codes.credential k,
    unnest(p_reference, p_device_key, p_issuer_key, p_not_before, p_expires_at, p_bytes)
      i (reference, device_key, issuer_key, not_before, expires_at, bytes)
  where k.id = p_credential and k.status = 'active'
$$;

-- The certificates that a phone may use now or later, in the order of their windows.
create or replace function payment_codes.live_certificates(p_credential bigint)
returns table (device_key bytea, not_before timestamptz, expires_at timestamptz, bytes bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select c.device_key, c.not_before, c.expires_at, c.bytes
  from payment_codes.certificate c
  join payment_codes.issuer_key i on i.key_id = c.issuer_key and i.withdrawn_at is null
  where c.credential = p_credential and c.expires_at > platform.now()
    and not exists (select from payment_codes.hotlist_entry e where e.reference = c.reference)
  order by c.not_before
$$;

-- Whose certificates these are and what is known of them, one row for each reference that is known.
create or replace function payment_codes.certificates_of(p_references bytea[])
returns table (
  reference bytea, certificate bigint, credential bigint, card bigint, cardholder bigint, device_key bytea,
  issuer_key smallint, limit_class smallint, not_before timestamptz, expires_at timestamptz, mark int,
  listed_at timestamptz, listed_version bigint, listed_reason text, credential_status text, is_withdrawn boolean
)
language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  select c.reference, c.id, c.credential, c.card, o.cardholder, c.device_key, c.issuer_key, c.limit_class, c.not_before,
    c.expires_at, c.mark, e.listed_at, e.version, e.reason, k.status, i.withdrawn_at is not null
  from unnest(p_references) r (reference)
  cross join lateral (select * from payment_codes.certificate x where x.reference = r.reference limit 1) c
  join payment_codes.credential k on k.id = c.credential
  join payment_codes.issuer_key i on i.key_id = c.issuer_key
  join cards.card o on o.id = c.card
  left join payment_codes.hotlist_entry e on e.reference = c.reference
$$;

-- Uses up signed codes, one after the other in the order given. `raised`: nothing was accepted under this counter or a
-- later one; `late`: nothing under this one, but under a later one; `again`: the same bytes from the same terminal;
-- `elsewhere`: the same bytes, accepted at another terminal before; `differs`: other bytes under this counter, so that the
-- phone is dishonest. What is not `raised` is not used up where p_only_raised says so. The cards are locked by the caller.
create or replace function payment_codes.raise_certificate_marks(
  p_certificate bigint[], p_counter int[], p_digest bytea[], p_terminal bigint[], p_only_raised boolean
) returns table (ord int, outcome text, first_terminal bigint, first_at timestamptz)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  u payment_codes.certificate_use;
  v_mark int;
begin
  for ord in 1 .. coalesce(cardinality(p_certificate), 0) loop
    select c.mark into v_mark from payment_codes.certificate c where c.id = p_certificate[ord] for no key update;
    continue when not found;
    select * into u from payment_codes.certificate_use x
    where x.certificate = p_certificate[ord] and x.counter = p_counter[ord];
    if found then
      outcome := case when u.digest <> p_digest[ord] then 'differs'
                      when u.terminal = p_terminal[ord] then 'again' else 'elsewhere' end;
    else
      outcome := case when p_counter[ord] > v_mark then 'raised' else 'late' end;
      if outcome = 'raised' or not p_only_raised then
        insert into payment_codes.certificate_use (certificate, counter, digest, terminal)
        values (p_certificate[ord], p_counter[ord], p_digest[ord], p_terminal[ord]);
      end if;
      if outcome = 'raised' then
        update payment_codes.certificate c set mark = p_counter[ord] where c.id = p_certificate[ord];
      end if;
    end if;
    first_terminal := u.terminal;
    first_at := u.used_at;
    return next;
  end loop;
end $$;
