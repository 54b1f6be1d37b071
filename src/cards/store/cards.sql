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

-- Whether each card may spend this amount on this day: null, or the reason why not. The card is locked by the caller.
create or replace function cards.check_spending(p_card bigint[], p_amount bigint[], p_day date)
returns table (ord int, reason text, cardholder bigint)
language sql stable
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  select i.ord::int,
    case
      when c.status <> 'active' then 'card_' || c.status
      when i.amount + case when c.spent_on = p_day then c.spent_amount else 0 end > c.day_limit then 'limit_day'
    end,
    c.cardholder
  from unnest(p_card, p_amount) with ordinality i (card, amount, ord)
  left join cards.card c on c.id = i.card
$$;

-- Counts approved sales towards the day's limit, a hold in full.
create or replace function cards.count_spending(p_card bigint[], p_amount bigint[], p_day date) returns void
language sql volatile
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  update cards.card c set
    spent_on = p_day,
    spent_amount = i.amount + case when c.spent_on = p_day then c.spent_amount else 0 end,
    spent_count = 1 + case when c.spent_on = p_day then c.spent_count else 0 end
  from unnest(p_card, p_amount) i (card, amount)
  where c.id = i.card
$$;

-- Gives back what a sale counted, if its day is still the one that is counted: reversed in full, or captured for less.
create or replace function cards.give_back(p_card bigint, p_amount bigint, p_day date, p_sale boolean) returns void
language sql volatile
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  update cards.card c
  set spent_amount = greatest(0, c.spent_amount - p_amount),
      spent_count = greatest(0, c.spent_count - case when p_sale then 1 else 0 end)
  where c.id = p_card and c.spent_on = p_day
$$;

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
