-- The kinds of accounts and entries are the posting code's own words. A check is made again at every update of its row,
-- also of other columns: matching patterns cost a tenth of a sale.
alter table ledger.entry drop constraint entry_kind_check;
alter table ledger.entry add constraint entry_kind_named check (char_length(kind) between 1 and 32);
alter table ledger.account drop constraint account_kind_check;
alter table ledger.account add constraint account_kind_named check (char_length(kind) between 1 and 32);
