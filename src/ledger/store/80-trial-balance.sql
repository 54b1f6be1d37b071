-- All the books on one page: what each kind of account holds. The whole sums to zero, or the books are wrong.
create or replace view ledger.trial_balance as
select b.kind, count(*)::int as accounts, sum(b.balance)::bigint as balance, sum(b.held)::bigint as held
from ledger.account_balance b
group by b.kind;
grant select on ledger.trial_balance to campus_app;
