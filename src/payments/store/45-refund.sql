-- Where a payment's money went, by entries, in the order in which it comes back: the last capture first.
create or replace function payments.entries_that_paid(p payments.payment) returns bigint[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when p.hold is null then array[p.entry] else (
    select array_agg(c.entry order by c.captured_at desc, c.capture_no desc) from payments.capture c
    where c.payment = p.id and c.entry is not null
  ) end
$$;

-- Takes the proposal of a refund, once for each number: at most what was captured, less what went back and what others
-- have proposed. Outcomes: proposed, known, reused, unknown, impossible, exceeds.
create or replace function payments.propose_refund(
  p_number uuid, p_payment bigint, p_amount bigint, p_reason text, p_maker bigint
) returns table (outcome text, refund bigint, rest bigint, short_number text, business_date date)
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off as $$
#variable_conflict use_column
declare
  p payments.payment;
  r payments.refund;
  v_rest bigint := 0;
  v_outcome text := 'proposed';
begin
  select * into p from payments.payment x where x.id = p_payment;
  perform cards.lock(array[p.card]);
  select * into p from payments.payment x where x.id = p_payment and x.decided_at = p.decided_at;
  select p.captured - p.returned - coalesce(sum(x.amount), 0) into v_rest
  from payments.refund x where x.payment = p_payment and x.state in ('proposed', 'accepted');

  select * into r from payments.refund x where x.number = p_number;
  if found then
    v_outcome := case when (r.payment, r.amount, r.reason, r.maker) = (p_payment, p_amount, p_reason, p_maker)
                      then 'known' else 'reused' end;
  elsif p.id is null then
    v_outcome := 'unknown';
  elsif p.state <> 'captured' then
    v_outcome := 'impossible';
  elsif p_amount > v_rest then
    v_outcome := 'exceeds';
  else
    insert into payments.refund (number, payment, decided_at, amount, reason, maker)
    values (p_number, p.id, p.decided_at, p_amount, p_reason, p_maker)
    on conflict on constraint refund_number_key do nothing returning * into r;
    if not found then v_outcome := 'reused'; end if;
  end if;
  return query select v_outcome, r.id, v_rest, p.short_number, p.business_date;
end $$;

create or replace function payments.set_refund_approval(p_refund bigint, p_approval bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update payments.refund r set approval = p_approval where r.id = p_refund and r.approval is null
$$;

-- The second person's word, once; the money moves afterwards, in a transaction of its own.
create or replace function payments.decide_refund(
  p_refund bigint, p_approval bigint, p_checker bigint, p_state text
) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update payments.refund r set state = p_state, checker = p_checker, checked_at = platform.now()
  where r.id = p_refund and r.approval = p_approval and r.state = 'proposed' and p_state in ('accepted', 'rejected');
  return found;
end $$;
