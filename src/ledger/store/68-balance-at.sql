-- What an account had at an instant: everything posted up to it, and nothing later. A purse is read from the running balance
-- of its last posting of that day, or from the newest day's end before; a hot account from a day's end and the postings since.
-- Neither looks further back than one day. Null for an account that is not there.
create or replace function ledger.balance_at(p_account bigint, p_at timestamptz) returns bigint
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  v_guarded boolean;
  v_date date;
  v_from timestamptz := '-infinity';
  v_amount bigint; v_running bigint; v_before bigint;
begin
  select a.guarded into v_guarded from ledger.account a where a.id = p_account;
  if not found then return null; end if;
  select c.business_date, c.cut_at into v_date, v_from from ledger.balance_cut c
  where c.cut_at <= p_at and c.taken_at is not null order by c.cut_at desc limit 1;
  if not found then v_from := '-infinity'; end if;

  if v_guarded then
    select p.balance_after into v_running from ledger.posting p
    where p.account = p_account and p.posted_at >= v_from and p.posted_at <= p_at order by p.seq desc limit 1;
    if found then return v_running; end if;
  end if;
  select s.balance into v_before from ledger.balance_snapshot s
  where s.account = p_account and s.business_date <= v_date order by s.business_date desc limit 1;
  if v_guarded then return coalesce(v_before, 0); end if;

  select sum(p.amount) into v_amount from ledger.posting p
  where p.account = p_account and p.posted_at >= v_from and p.posted_at <= p_at;
  return coalesce(v_before, 0) + coalesce(v_amount, 0);
end $$;
