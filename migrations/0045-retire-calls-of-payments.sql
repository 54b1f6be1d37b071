-- Calls whose parameters have changed: left behind, they would go on deciding by the rules of their day.
drop function if exists payments.authorize(bigint[], int[], uuid[], bytea[], bigint[], text[], bigint[], bigint[],
  bigint[], text[], int[], bigint[], bigint[], bigint[], text[], bigint[], timestamptz[], jsonb[], text[]);
