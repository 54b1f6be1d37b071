-- The house's lock order starts here: cards by id, before any account.
create or replace function cards.lock(p_card bigint[]) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  perform from (
    select c.id from cards.card c where c.id = any (p_card) order by c.id for no key update
  ) locked;
end $$;

-- Moves a card to another status under its own lock, so that a sale sees either the old one or the new one.
create or replace function cards.set_status(
  p_card bigint, p_from text[], p_to text, p_by_kind text, p_by bigint
) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update cards.card c set status = p_to, status_at = platform.now()
  where c.id = p_card and c.status = any (p_from);
  if not found then return false; end if;
  insert into cards.status_change (card, status, by_kind, by_id) values (p_card, p_to, p_by_kind, p_by);
  insert into platform.outbox (type, payload)
  select 'card.' || p_to, jsonb_build_object('card', c.id::text, 'cardholder', c.cardholder::text)
  from cards.card c where c.id = p_card;
  return true;
end $$;

-- Gives a card figures of its own under its own lock; null is its group's.
create or replace function cards.set_limits(
  p_card bigint, p_sale bigint, p_meal bigint, p_meal_count int, p_day bigint, p_day_count int, p_month bigint,
  p_month_count int
) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update cards.card c set sale_limit = p_sale, meal_limit = p_meal, meal_count_limit = p_meal_count, day_limit = p_day,
    day_count_limit = p_day_count, month_limit = p_month, month_count_limit = p_month_count
  where c.id = p_card
$$;

-- Above which amount a card asks its owner; null is its group's.
create or replace function cards.set_asks_above(p_card bigint, p_amount bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update cards.card c set asks_above = p_amount where c.id = p_card
$$;

-- What a card has counted in the windows of a day and a meal.
create or replace function cards.spent(p_card bigint, p_day date, p_meal text)
returns table (
  meal text, meal_amount bigint, meal_count int, day_amount bigint, day_count int, month_amount bigint, month_count int
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p_meal,
    case when c.meal_on = p_day and c.meal = p_meal then c.meal_amount else 0 end,
    case when c.meal_on = p_day and c.meal = p_meal then c.meal_count else 0 end,
    case when c.spent_on = p_day then c.spent_amount else 0 end,
    case when c.spent_on = p_day then c.spent_count else 0 end,
    case when cards.in_month(c.spent_on, p_day) then c.month_amount else 0 end,
    case when cards.in_month(c.spent_on, p_day) then c.month_count else 0 end
  from cards.card c where c.id = p_card
$$;
