-- A card may ask its owner at a smaller amount than its group does.
alter table cards.card add column asks_above bigint constraint card_asks_above check (asks_above > 0);
