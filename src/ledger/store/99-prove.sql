-- Everything that the books promise of themselves, at once: for a look by hand. `npm run verify` asks for the parts.
create or replace function ledger.prove() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select * from ledger.prove_entries()
  union all select * from ledger.prove_accounts()
  union all select * from ledger.prove_holds()
  union all select * from ledger.prove_rollups()
  union all select * from ledger.prove_snapshots()
$$;
