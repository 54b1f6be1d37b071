-- Carries out a refund that two people agreed on, once: the money goes back to the purses that paid, what was drawn last
-- first, also to one that has ended. Limits stay as they are. A payment that a terminal reversed meanwhile has nothing left.
-- Gives back the refund's state afterwards: refunded or failed; null when it is not there or not agreed on.
create or replace function payments.carry_out_refund(p_refund bigint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
declare
  v_now timestamptz;
  r payments.refund;
  p payments.payment;
begin
  select * into r from payments.refund x where x.id = p_refund;
  select * into p from payments.payment x where x.id = r.payment and x.decided_at = r.decided_at;
  if not found then return null; end if;
  -- A reversal and another refund of this payment wait here; whoever comes first, the other sees it.
  perform cards.lock(array[p.card]);
  select * into strict r from payments.refund x where x.id = p_refund for update;
  select * into strict p from payments.payment x where x.id = r.payment and x.decided_at = r.decided_at;
  if r.state <> 'accepted' then
    return case when r.state in ('refunded', 'failed') then r.state end;
  end if;
  v_now := platform.now();

  if p.state <> 'captured' or r.amount > p.captured - p.returned then
    update payments.refund x set state = 'failed',
      failure = case when p.state <> 'captured' then 'payment_reversed' else 'refund_exceeds' end
    where x.id = r.id;
    return 'failed';
  end if;

  r.entry := ledger.give_back(payments.entries_that_paid(p), p.returned, r.amount, 'refund', jsonb_build_object(
    'payment', p.id::text, 'place', p.place::text, 'shortNumber', p.short_number, 'refund', r.id::text));
  p.returned := p.returned + r.amount;
  update payments.payment x set returned = p.returned where x.id = p.id and x.decided_at = p.decided_at;
  update payments.refund x set state = 'refunded', entry = r.entry, refunded_at = v_now where x.id = r.id;
  insert into platform.outbox (type, payload)
  values ('payment.refunded', payments.event_of(p) || jsonb_build_object(
    'amount', r.amount, 'entry', r.entry::text, 'refund', r.id::text, 'returned', p.returned));
  return 'refunded';
end $$;
