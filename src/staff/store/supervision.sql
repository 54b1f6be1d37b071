-- Whose word this is, at this terminal and now: null when nobody's, used up, over, or of somebody who supervises no more.
create or replace function staff.supervisor_of(p_word bytea, p_terminal bigint) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  select v.member
  from staff.supervision v
  join staff.supervisor s on s.member = v.member
  join staff.member m on m.id = v.member and m.status = 'active'
  where v.word_hash = p_word and v.terminal = p_terminal and v.used_at is null and v.expires_at > platform.now()
$$;

-- Uses a supervisor's word up, once; null when there is nothing to use.
create or replace function staff.use_supervision(p_word bytea, p_terminal bigint) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
  update staff.supervision v set used_at = platform.now()
  where v.word_hash = p_word and v.used_at is null and v.member = staff.supervisor_of(p_word, p_terminal)
  returning v.member
$$;
