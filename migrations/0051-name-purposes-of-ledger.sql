-- What a hold is for. Money that is set aside for its owner's own later sales is still the owner's to spend.

alter table ledger.hold add column purpose text not null default 'sale';
alter table ledger.hold add constraint hold_purpose check (purpose in ('sale', 'allowance'));
create trigger keeps_purpose before update of purpose on ledger.hold
  for each statement execute function platform.refuse_change();
