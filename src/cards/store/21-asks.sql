-- Whether the owner of a card has to give a word for this sale: above what its group pays without one, in one sale or by
-- the number of sales in a day. A card's own amount goes before its group's. The card is locked by the caller.
create or replace function cards.asks_owner(p_card bigint, p_amount bigint, p_day date) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(p_amount > coalesce(c.asks_above, g.asks_above), false)
    or coalesce(case when c.spent_on = p_day then c.spent_count else 0 end >= g.asks_after, false)
  from cards.card c join cards.group_limit g on g.group_code = c.group_code
  where c.id = p_card
$$;

-- Since when the same sale to this card is asked about once more; null when it never is.
create or replace function cards.asks_again_since(p_card bigint, p_now timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_now - g.asks_again from cards.card c join cards.group_limit g on g.group_code = c.group_code where c.id = p_card
$$;
