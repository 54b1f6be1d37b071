-- What a card counts towards its limits, against its payments: a hold in full, what was captured for less as captured, what
-- was undone not at all, and a refund changes nothing.
create or replace function payments.prove_limits() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with counted as (
    select p.card, p.business_date, p.meal, case p.state when 'held' then p.amount else p.captured end as amount
    from payments.payment p where p.state in ('captured', 'held')
  ), card as (
    select c.id, c.spent_amount, c.spent_count, c.month_amount, c.month_count, c.meal_amount, c.meal_count,
      coalesce(sum(p.amount) filter (where p.business_date = c.spent_on), 0) as day_amount,
      count(*) filter (where p.business_date = c.spent_on) as day_times,
      coalesce(sum(p.amount), 0) as all_amount, count(p.card) as all_times,
      coalesce(sum(p.amount) filter (where p.business_date = c.meal_on and p.meal = c.meal), 0) as this_meal_amount,
      count(*) filter (where p.business_date = c.meal_on and p.meal = c.meal) as this_meal_times,
      c.meal_on >= date_trunc('month', c.spent_on::timestamp) as is_meal_told
    from cards.card c
    left join counted p on p.card = c.id and p.business_date >= date_trunc('month', c.spent_on::timestamp)
      and p.business_date < date_trunc('month', c.spent_on::timestamp) + interval '1 month'
    group by c.id
  )
  select 'what a card counts in its day, month and meal is what its payments say', count(*)
  from card c
  where (c.spent_amount, c.spent_count, c.month_amount, c.month_count)
      is distinct from (c.day_amount, c.day_times, c.all_amount, c.all_times)
    or (c.is_meal_told and (c.meal_amount, c.meal_count) is distinct from (c.this_meal_amount, c.this_meal_times))
$$;
