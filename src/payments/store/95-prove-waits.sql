-- Pending sales against what they wait for: none waits for nothing, and every word that was given is the verdict.
create or replace function payments.prove_waits() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'every pending sale waits for a word, and every word given is the verdict', count(*)
  from payments.payment p
  full join payments.confirmation c on c.payment = p.id and c.decided_at = p.decided_at and c.card = p.card
    and c.credential is not distinct from p.credential
  where p.id is null or p.verdict is distinct from case
    when c.payment is null then case when p.verdict = 'pending' then null else p.verdict end
    when c.outcome is null then 'pending' when c.outcome = 'confirmed' then 'approved' else 'declined' end
$$;
