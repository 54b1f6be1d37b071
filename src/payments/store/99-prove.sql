-- Everything that payments promise, at once: for a look by hand. `npm run verify` asks for the parts.
create or replace function payments.prove() returns table (proof text, broken bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select * from payments.prove_numbers()
  union all select * from payments.prove_money()
  union all select * from payments.prove_states()
  union all select * from payments.prove_events()
  union all select * from payments.prove_limits()
  union all select * from payments.prove_waits()
  union all select * from payments.prove_signed()
  union all select * from payments.prove_static()
$$;
