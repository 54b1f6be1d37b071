-- A campaign is shown at most so many times on a campus day, however many receipts are opened at once. Out: whether it may
-- be shown once more; then it is counted.
create or replace function journeys.count_shown(p_campaign bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into journeys.campaign_day as d (campaign, day, shown)
  values (p_campaign, platform.business_date(platform.now()), 1)
  on conflict (campaign, day) do update set shown = d.shown + 1
  where d.shown < (select c.daily_cap from journeys.campaign c where c.id = p_campaign);
  return found;
end $$;

-- Waits for whatever is being decided for the same student, and says whether an offer may still be shown today.
create or replace function journeys.lock_cardholder(p_cardholder bigint) returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into journeys.cardholder_day as d (cardholder, day)
  values (p_cardholder, platform.business_date(platform.now()))
  on conflict (cardholder, day) do update set shown = d.shown
  returning d.shown = 0
$$;
