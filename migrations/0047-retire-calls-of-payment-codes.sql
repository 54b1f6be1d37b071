-- A call whose parameters have changed: left behind, it would go on using up codes by the rules of its day.
drop function if exists payment_codes.consume(bigint[], bigint[]);
