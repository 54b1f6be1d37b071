-- What must never change does not, for the owner of the tables too: a payment moves forward only, an account and a hold keep
-- what they are, a code's mark never falls, and nothing of all this is ever deleted. What guards the rows that every sale
-- updates asks once for each statement, or only looks at the new row, so that no sale pays for it.

-- A statement that would set one of these columns is refused before it begins; the columns that may change are named.
create function platform.keep_columns(p_table regclass, p_changing text[], p_each text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_kept text;
begin
  select string_agg(quote_ident(a.attname), ', ') into strict v_kept from pg_attribute a
  where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped and a.attname <> all (p_changing);
  execute format('create trigger kept_columns before update of %s on %s for each %s execute function platform.refuse_change()',
    v_kept, p_table, p_each);
end $$;

create function platform.keep_rows(p_table regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_part regclass;
begin
  execute format('create trigger kept_rows before delete on %s for each row execute function platform.refuse_change()', p_table);
  execute format('create trigger kept_rows_truncate before truncate on %s for each statement execute function platform.refuse_change()', p_table);
  for v_part in select i.inhrelid from pg_inherits i where i.inhparent = p_table loop
    perform platform.guard_partition(v_part, p_table);
  end loop;
end $$;

select platform.keep_rows(t.name::regclass)
from (values ('ledger.account'), ('ledger.hold'), ('ledger.hold_line'), ('payments.payment'), ('cards.card'),
  ('payment_codes.credential'), ('terminals.terminal'), ('terminals.terminal_key')) t (name);

select platform.keep_columns('ledger.account', '{balance,held,seq}', 'statement');
select platform.keep_columns('ledger.hold', '{captured,released,ended_at}', 'statement');
select platform.keep_columns('ledger.hold_line', '{captured,released}', 'statement');
-- Partitioned: a guard of statements would not see one that names a partition.
select platform.keep_columns('payments.payment', '{state,captured,returned,entry}', 'row');

create trigger moves_forward before update on payments.payment
  for each row when (
    new.captured < old.captured or new.returned < old.returned
    or (old.entry is not null and new.entry is distinct from old.entry)
    or (old.state in ('declined', 'released', 'reversed') and new.state <> old.state)
    or (new.state in ('held', 'declined') and new.state <> old.state)
  ) execute function platform.refuse_change();

create trigger moves_forward before update on ledger.hold
  for each row when (new.captured < old.captured or new.released < old.released or old.ended_at is not null)
  execute function platform.refuse_change();
create trigger moves_forward before update on ledger.hold_line
  for each row when (new.captured < old.captured or new.released < old.released)
  execute function platform.refuse_change();

-- After the row was written: a guard before it would lock the row a second time, for every sale.
create trigger mark_never_falls after update of high_water on payment_codes.credential
  for each row when (new.high_water < old.high_water) execute function platform.refuse_change();
