-- What modules offer runs as its owner (SECURITY DEFINER) and is executable by the application. Whatever runs as its caller
-- is inner: others offered call it, and the application cannot, so that no money moves past the function that decides.
create or replace function platform.grant_functions() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  f record;
begin
  for f in
    select p.oid::regprocedure as signature, p.prosecdef as offered
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspowner = (select r.oid from pg_roles r where r.rolname = current_user)
      and n.nspname !~ '^(pg_|information_schema$|public$)'
  loop
    execute format('revoke execute on function %s from public, campus_app', f.signature);
    if f.offered then execute format('grant execute on function %s to campus_app', f.signature); end if;
  end loop;
  revoke execute on function platform.start_era() from campus_app;
end $$;
