-- Posts the mirror of an entry: what each line took goes back to where it came from, in mirror order. The caller keeps an
-- entry from being reversed twice.
create or replace function ledger.reverse(p_entry bigint, p_kind text, p_about jsonb) returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp as $$
declare
  v_reversal bigint := nextval('ledger.entry_id');
  v_account bigint[];
  v_amount bigint[];
begin
  perform from (
    select a.id from ledger.account a join ledger.posting p on p.account = a.id
    where p.entry = p_entry and a.guarded order by a.id for no key update of a
  ) locked;
  select array_agg(p.account order by p.line desc), array_agg(-p.amount order by p.line desc)
  into strict v_account, v_amount
  from ledger.posting p where p.entry = p_entry;
  perform ledger.post_entry(v_reversal, p_kind, p_about, p_entry, null, v_account, v_amount);
  return v_reversal;
end $$;
