-- The meal period in which a sale was decided, since its limits are given back in its own windows; null between meals.
alter table payments.payment add column meal text;
