-- What phones hold for terminals without a network: the money that is set aside for it, and that nobody's certificates
-- outlive the right to use them.
create or replace function payment_codes.prove() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'every hold for later sales is one phone''s allowance, and every allowance has its hold', count(*)
  from (
    select h.id, h.owner, h.amount, h.expires_at from ledger.hold h where h.purpose = 'allowance' and h.ended_at is null
  ) h
  full join (
    select w.hold, w.card, w.amount, w.ends_at, k.card as phone_of
    from payment_codes.allowance w join payment_codes.credential k on k.id = w.credential
    where not exists (
      select from ledger.hold x
      where x.id = w.hold and x.purpose = 'allowance' and x.ended_at is not null and x.owner = w.card)
  ) w on w.hold = h.id
  where (h.owner, h.owner, h.amount, h.expires_at) is distinct from (w.card, w.phone_of, w.amount, w.ends_at)
  union all
  select 'an allowance lies on cash alone', count(*)
  from ledger.hold h
  join ledger.hold_line l on l.hold = h.id
  left join ledger.account a on a.id = l.account
  where h.purpose = 'allowance' and (a.kind, a.usable_until) is distinct from ('cash', null::timestamptz)
  union all
  select 'a certificate''s mark is the highest counter that was accepted', count(*)
  from payment_codes.certificate c
  left join (
    select u.certificate, max(u.counter) as counter from payment_codes.certificate_use u group by u.certificate
  ) u on u.certificate = c.id
  where c.mark <> coalesce(u.counter, -1)
  union all
  select 'nobody''s certificates outlive the right to use them', count(*)
  from payment_codes.certificate c
  join payment_codes.credential k on k.id = c.credential
  left join cards.card o on o.id = c.card
  where c.expires_at > platform.now() and (k.status, o.status, c.card) is distinct from ('active', 'active', k.card)
    and not exists (select from payment_codes.hotlist_entry e where e.reference = c.reference)
  union all
  select 'a phone has one certificate at a time', count(*)
  from payment_codes.certificate c
  join payment_codes.certificate d on d.credential = c.credential and d.id > c.id
    and d.not_before < c.expires_at and c.not_before < d.expires_at
  where not exists (
    select from payment_codes.hotlist_entry e
    where e.reference in (c.reference, d.reference) and e.listed_at <= greatest(c.issued_at, d.issued_at))
    and not exists (
      select from payment_codes.issuer_key i
      where i.key_id in (c.issuer_key, d.issuer_key) and i.withdrawn_at is not null)
$$;
