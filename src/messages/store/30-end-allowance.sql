-- Nothing more may be sent: because the owner refused, or because WeChat says that the allowance was used up. What the
-- phone alone had claimed is settled by it, so that the next accept counts again.
create or replace function messages.end_allowance(p_openid text, p_template text, p_refused boolean) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update messages.accept a set confirmed = true
  where a.openid = p_openid and a.template = p_template and not a.confirmed;
  insert into messages.allowance as a (openid, template, remaining, refused_at)
  values (p_openid, p_template, 0, case when p_refused then platform.now() end)
  on conflict (openid, template) do update
  set remaining = 0, refused_at = coalesce(excluded.refused_at, a.refused_at)
$$;
