-- Uses up one signed code that came to a terminal with a network; nothing of it is used up when it is worth nothing. Gives back
-- null, or why: `code_used` at or below its certificate's mark, `credential_closed` when the certificate is on the hotlist or
-- its phone is bound no more, `code_invalid` when it was not made just now. The card is locked by the caller.
create or replace function payment_codes.use_signed(
  p_reference bytea, p_code_time timestamptz, p_counter int, p_digest bytea, p_terminal bigint, p_now timestamptz
) returns text
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  c record;
begin
  select * into c from payment_codes.certificates_of(array[p_reference]);
  if c.certificate is null then return 'code_invalid'; end if;
  if c.credential_status <> 'active' or c.listed_at is not null or c.is_withdrawn then return 'credential_closed'; end if;
  if p_now not between p_code_time - interval '60 seconds' and p_code_time + interval '60 seconds' then
    return 'code_invalid';
  end if;
  return (
    select case when u.outcome <> 'raised' then 'code_used' end
    from payment_codes.raise_certificate_marks(array[c.certificate], array[p_counter], array[p_digest], array[p_terminal], true) u);
end $$;
