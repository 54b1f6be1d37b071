-- Which kind of purse an import pays into: top-ups are the cardholders' own money, a subsidy may be for one use alone.

alter table funding.import add column purse text references cards.purse_kind (code);
update funding.import set purse = case kind when 'top-up' then 'cash' else 'subsidy' end;
alter table funding.import
  alter column purse set not null,
  add constraint import_purse_of_its_kind check ((kind = 'top-up') = (purse = 'cash'));
