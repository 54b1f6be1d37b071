-- The call that decides, under the parameters that it had before: nobody may decide by it any more.
drop function if exists payments.authorize(bigint[], int[], uuid[], bytea[], bigint[], text[], bigint[], bigint[],
  bigint[], text[], int[], bigint[], bigint[], bigint[], text[], bigint[], timestamptz[], jsonb[], text[]);
drop function if exists payments.authorize(bigint[], int[], uuid[], bytea[], bigint[], text[], bigint[], bigint[],
  bigint[], text[], int[], bigint[], bigint[], bigint[], text[], bigint[], timestamptz[], text[]);
drop function if exists payments.authorize(bigint[], int[], uuid[], bytea[], bigint[], text[], bigint[], bigint[],
  bigint[], text[], int[], bigint[], bigint[], bigint[], text[], bigint[], timestamptz[], text[], int[]);
