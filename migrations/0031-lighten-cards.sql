-- Every sale counts on its card's row, and each count makes all of the row's checks again: they are few and cheap.
alter table cards.card drop constraint card_number_check;
alter table cards.card add constraint card_number_is_digits
  check (char_length(number) between 6 and 20 and translate(number, '0123456789', '') = '');
alter table cards.card
  drop constraint card_sale_limit, drop constraint card_meal_limit, drop constraint card_meal_count_limit,
  drop constraint card_day_limit_check, drop constraint card_day_count_limit,
  drop constraint card_month_limit, drop constraint card_month_count_limit;
alter table cards.card add constraint card_limits_above_zero check (least(sale_limit, meal_limit, meal_count_limit,
  day_limit, day_count_limit, month_limit, month_count_limit) > 0);
