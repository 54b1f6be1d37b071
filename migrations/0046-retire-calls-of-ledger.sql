-- A call whose parameters have changed: left behind, it would go on posting by the rules of its day.
drop function if exists ledger.post(bigint[], text[], jsonb[], bigint[], bigint[], bigint[], bigint[], bigint[]);
