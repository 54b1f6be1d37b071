-- Uses up each code: the credential's mark rises to its counter and never falls, so a code pays once and a newer one kills
-- every older one. A sale that is declined for another reason has burnt its code too. The first code of a new generation
-- ends the one before. Whose codes were guessed at fifty times in an alias epoch pays no more in it, also by the right
-- code. The card is locked by the caller.
drop function if exists payment_codes.consume(bigint[], bigint[]);
create or replace function payment_codes.consume(p_credential bigint[], p_counter bigint[], p_generation int[])
returns table (ord int, reason text)
language plpgsql
set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_now timestamptz := platform.now();
  v_step bigint := floor(extract(epoch from v_now) / 30)::bigint;
begin
  return query
  with item as materialized (
    select i.ord::int, i.credential, i.counter, i.generation, c.status, c.usable_until, c.high_water,
      abs(i.counter / 4 - v_step) <= 1 and i.generation between c.proven_generation and c.generation
        and not exists (
          select from payment_codes.guess g where g.credential = i.credential and g.count >= 50
            and g.first_step = i.counter / 4 - i.counter / 4 % (
              case i.generation when c.generation then c.alias_seconds else c.previous_alias_seconds end / 30)
        ) as is_good
    from unnest(p_credential, p_counter, p_generation) with ordinality i (credential, counter, generation, ord)
    left join payment_codes.credential c on c.id = i.credential
  ), raised as (
    update payment_codes.credential c
    set high_water = i.counter, proven_generation = greatest(c.proven_generation, i.generation)
    from item i where c.id = i.credential and i.counter > c.high_water and i.is_good
  )
  select ord, case
    when credential is null then null
    when status <> 'active' then 'credential_closed'
    when usable_until <= v_now then 'credential_expired'
    when is_good is not true then 'code_invalid'
    when counter <= high_water then 'code_used'
  end from item;
end $$;
