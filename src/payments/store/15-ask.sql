-- Who has to give a word before a sale is paid: the phone whose code was scanned, above what its group pays without one;
-- and for the same sale at the same terminal within the group's time the cashier, or the phone where nobody stands there.
-- Null where nobody is asked, one for each sale of a batch. Entered only when one of them may have to be asked about.
create or replace function payments.ask(
  p_terminal bigint[], p_place bigint[], p_card bigint[], p_credential bigint[], p_amount bigint[], p_reason text[],
  p_day date, p_now timestamptz
) returns text[]
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_awaits text[] := array_fill(null::text, array[cardinality(p_card)]);
  v_since timestamptz;
begin
  for i in 1 .. cardinality(p_card) loop
    continue when p_card[i] is null or p_reason[i] is not null;
    if p_credential[i] is not null and cards.asks_owner(p_card[i], p_amount[i], p_day) then
      v_awaits[i] := 'phone';
      continue;
    end if;
    v_since := cards.asks_again_since(p_card[i], p_now);
    if exists (
      select from payments.payment x
      where x.card = p_card[i] and x.decided_at > v_since and x.terminal = p_terminal[i] and x.amount = p_amount[i]
        and x.state in ('captured', 'held')
    ) then
      v_awaits[i] := case when places.is_attended(p_place[i]) and not terminals.is_kiosk(p_terminal[i]) then 'cashier'
        when p_credential[i] is not null then 'phone' end;
    end if;
  end loop;
  return v_awaits;
end $$;

-- For how long the word is awaited: a student has to take the phone up and type, a cashier stands there.
create or replace function payments.wait_for(p_awaits text) returns interval
language sql immutable
return case p_awaits when 'phone' then interval '60 seconds' when 'cashier' then interval '30 seconds' end;

-- Writes down what the pending sales of a batch wait for.
create or replace function payments.await_words(p_payment bigint[], p_awaits text[], p_now timestamptz) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into payments.confirmation (payment, decided_at, card, credential, awaits, expires_at)
  select p.id, p.decided_at, p.card, p.credential, w.awaits, p_now + payments.wait_for(w.awaits)
  from unnest(p_payment, p_awaits) w (id, awaits)
  cross join lateral (
    select * from payments.payment x where x.id = w.id and x.decided_at = p_now and x.verdict = 'pending' limit 1
  ) p
  where w.awaits is not null
$$;

-- What a pending sale waits for; a wait whose time is over is over, whether anybody has ended it or not.
create or replace function payments.awaited(p_payment bigint) returns table (awaits text, expires_at timestamptz, is_over boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.awaits, c.expires_at, c.outcome is null and c.expires_at <= platform.now()
  from payments.confirmation c where c.payment = p_payment
$$;
