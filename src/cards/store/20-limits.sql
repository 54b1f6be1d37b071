-- Limits are counted on the card's own row, under the lock that its sales hold anyway. There are three windows: the meal
-- (a business date and a meal period), the business day, and its month, all in campus time. What was counted in another
-- window than the one asked for is worth nothing, so nobody has to wipe it at midnight.
drop function if exists cards.check_spending(bigint[], bigint[], date);
drop function if exists cards.count_spending(bigint[], bigint[], date);
drop function if exists cards.check_spending(bigint[], bigint[], date, text);
drop function if exists cards.count_spending(bigint[], bigint[], date, text);
drop function if exists cards.give_back(bigint, bigint, date, boolean);

-- Whether two days lie in one month.
create or replace function cards.in_month(p_one date, p_other date) returns boolean
language sql immutable
return date_trunc('month', p_one::timestamp) = date_trunc('month', p_other::timestamp);

-- Whether each card may spend this amount now: null, or the reason why not. A card's own limit goes before its group's,
-- and null is no limit; outside every meal period no limit of a meal counts. `asks`: somebody may have to be asked, by the
-- rules of the group. The card is locked by the caller.
create or replace function cards.check_spending(
  p_card bigint[], p_amount bigint[], p_day date, p_meal text, p_now timestamptz
) returns table (ord int, reason text, cardholder bigint, asks boolean)
language sql stable
set search_path = pg_catalog, pg_temp as $$
  select i.ord::int,
    case
      when c.status <> 'active' then 'card_' || c.status
      when i.amount > coalesce(c.sale_limit, g.sale_limit) then 'limit_sale'
      when p_meal is not null
        and (i.amount + case when w.meal then c.meal_amount else 0 end > coalesce(c.meal_limit, g.meal_limit)
          or 1 + case when w.meal then c.meal_count else 0 end > coalesce(c.meal_count_limit, g.meal_count_limit))
        then 'limit_meal'
      when i.amount + case when w.day then c.spent_amount else 0 end > coalesce(c.day_limit, g.day_limit)
        or 1 + case when w.day then c.spent_count else 0 end > coalesce(c.day_count_limit, g.day_count_limit)
        then 'limit_day'
      when i.amount + case when w.month then c.month_amount else 0 end > coalesce(c.month_limit, g.month_limit)
        or 1 + case when w.month then c.month_count else 0 end > coalesce(c.month_count_limit, g.month_count_limit)
        then 'limit_month'
    end,
    c.cardholder,
    i.amount > coalesce(c.asks_above, g.asks_above) or w.day and c.spent_count >= g.asks_after or c.spent_at > p_now - g.asks_again
  from unnest(p_card, p_amount) with ordinality i (card, amount, ord)
  left join cards.card c on c.id = i.card
  left join cards.group_limit g on g.group_code = c.group_code
  cross join lateral (
    select c.meal_on = p_day and c.meal = p_meal as meal, c.spent_on = p_day as day,
      cards.in_month(c.spent_on, p_day) as month
  ) w
$$;

-- Counts approved sales towards every window that they lie in, a hold in full.
create or replace function cards.count_spending(
  p_card bigint[], p_amount bigint[], p_day date, p_meal text, p_now timestamptz
) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_first date := date_trunc('month', p_day::timestamp);
  v_last date := v_first + interval '1 month - 1 day';
begin
  update cards.card c set
    spent_at = p_now, spent_on = p_day,
    spent_amount = i.amount + case when c.spent_on = p_day then c.spent_amount else 0 end,
    spent_count = 1 + case when c.spent_on = p_day then c.spent_count else 0 end,
    month_amount = i.amount + case when c.spent_on between v_first and v_last then c.month_amount else 0 end,
    month_count = 1 + case when c.spent_on between v_first and v_last then c.month_count else 0 end,
    -- A sale between meals leaves the meal before it as it was.
    meal_on = case when p_meal is null then c.meal_on else p_day end,
    meal = coalesce(p_meal, c.meal),
    meal_amount = case when p_meal is null then c.meal_amount
                       when c.meal_on = p_day and c.meal = p_meal then c.meal_amount + i.amount else i.amount end,
    meal_count = case when p_meal is null then c.meal_count
                      when c.meal_on = p_day and c.meal = p_meal then c.meal_count + 1 else 1 end
  from unnest(p_card, p_amount) i (card, amount)
  where c.id = i.card;
end $$;

-- Gives back, in each of the sale's own windows that is still the one counted, what the sale does not cost in the end:
-- undone as a whole (a reversal, a void, a hold that nobody captured) its amount and itself; captured for less the rest
-- of its amount. A refund gives back nothing.
create or replace function cards.give_back(
  p_card bigint, p_amount bigint, p_day date, p_meal text, p_sale boolean
) returns void
language sql volatile
set search_path = pg_catalog, pg_temp as $$
  update cards.card c set
    spent_amount = case when w.day then greatest(0, c.spent_amount - p_amount) else c.spent_amount end,
    spent_count = case when w.day and p_sale then greatest(0, c.spent_count - 1) else c.spent_count end,
    month_amount = greatest(0, c.month_amount - p_amount),
    month_count = case when p_sale then greatest(0, c.month_count - 1) else c.month_count end,
    meal_amount = case when w.meal then greatest(0, c.meal_amount - p_amount) else c.meal_amount end,
    meal_count = case when w.meal and p_sale then greatest(0, c.meal_count - 1) else c.meal_count end
  from (
    select o.id, o.spent_on = p_day as day, o.meal_on = p_day and o.meal = p_meal as meal
    from cards.card o where o.id = p_card and cards.in_month(o.spent_on, p_day)
  ) w
  where c.id = w.id
$$;
