-- Uses up the code that was scanned, in either form. Gives back null, or why it is worth nothing. The card is locked by the
-- caller.
create or replace function gates.use_code(s gates.scan, p_now timestamptz) returns text
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  if s.card is null then return 'code_invalid'; end if;
  if s.reference is not null then
    return payment_codes.use_signed(
      decode(s.reference, 'hex'), s.code_time, s.counter::int, decode(s.digest, 'hex'), s.terminal, p_now);
  end if;
  return (
    select c.reason from payment_codes.consume(array[s.credential], array[s.counter], array[s.code_generation]) c);
end $$;

-- Sells an entry, in either form of the code: the sale uses it up, and holds the money until somebody has passed or left.
create or replace function gates.sell_entry(s gates.scan, p_amount bigint, p_hold_seconds int) returns payments.answer
language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare
  a payments.answer;
begin
  if s.reference is not null then
    select * into strict a from payments.authorize_signed(s.terminal, s.generation, s.order_no, decode(s.hash, 'hex'),
      s.sequence, s.short_number, s.place, s.merchant, s.credit, s.kinds, p_hold_seconds, decode(s.reference, 'hex'),
      s.payer, p_amount, s.occurred_at, s.code_time, s.counter::int, decode(s.digest, 'hex'));
  else
    select * into strict a from payments.authorize(array[s.terminal], array[s.generation], array[s.order_no],
      array[decode(s.hash, 'hex')], array[s.sequence], array[s.short_number], array[s.place], array[s.merchant],
      array[s.credit], array[s.kinds], array[p_hold_seconds], array[s.card], array[s.credential], array[s.counter],
      array[s.payer], array[p_amount], array[s.occurred_at], array[null]::text[], array[s.code_generation],
      array[null]::text[]);
  end if;
  if a.outcome <> 'decided' then raise exception 'an entry found its sale %', a.outcome using errcode = '40001'; end if;
  return a;
end $$;
