-- Compares a day with its newest statement and with the terminals' shifts. Running it again finds the same: a known
-- discrepancy keeps its id and the day it was found; one that is gone is cleared, one that is back is found again.
create or replace function reconciliation.reconcile(p_date date, p_staff bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_now timestamptz := platform.now();
  v_statement bigint;
begin
  -- Two runs of one day would each clear what the other just found.
  perform pg_advisory_xact_lock(hashtextextended('reconciliation of ' || p_date, 0));
  select max(s.id) into v_statement from reconciliation.statement s where s.date = p_date;

  -- One statement, one snapshot: both comparisons see the same books.
  with found as (
    select 'bank' as source, b.* from reconciliation.compare_bank(p_date, v_statement) b where v_statement is not null
    union all
    select 'terminal', t.* from reconciliation.compare_terminals(p_date) t
  ), cleared as (
    update reconciliation.discrepancy d set cleared_at = v_now
    where d.date = p_date and d.cleared_at is null and not exists (
      select from found f where (f.source, f.type, f.reference) = (d.source, d.type, d.reference))
  )
  insert into reconciliation.discrepancy as known (date, source, type, reference, here, there, found_at)
  select p_date, f.source, f.type, f.reference, f.here, f.there, v_now from found f
  on conflict on constraint discrepancy_once do update set
    here = excluded.here, there = excluded.there, cleared_at = null,
    found_at = case when known.cleared_at is null then known.found_at else excluded.found_at end;

  insert into reconciliation.run (date, statement, run_by, run_at) values (p_date, v_statement, p_staff, v_now);
  insert into platform.outbox (type, payload)
  select 'business_day.reconciled', jsonb_build_object('date', p_date::text, 'open', count(*))
  from reconciliation.discrepancy d where d.date = p_date and d.cleared_at is null;
end $$;
