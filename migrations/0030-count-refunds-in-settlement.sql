-- What the office refunded in a day stands beside what terminals reversed: a refund counts on the day on which it is made.
alter table settlement.merchant_day drop column net;
alter table settlement.merchant_day add column refunds_count int not null default 0;
alter table settlement.merchant_day add column refunds_amount bigint not null default 0;
alter table settlement.merchant_day alter column refunds_count drop default;
alter table settlement.merchant_day alter column refunds_amount drop default;
alter table settlement.merchant_day
  add column net bigint not null generated always as (sales_amount - reversals_amount - refunds_amount) stored;
