-- What a phone buys without a terminal, the service itself sells: at a place's kiosk, a terminal that nobody can sign for.

alter table terminals.terminal add column kiosk boolean not null default false;
create unique index terminal_kiosk_of_place on terminals.terminal (place) where kiosk;

-- Numbers the sales of all kiosks; one that came to nothing leaves a gap that means nothing.
create sequence terminals.kiosk_sequence maxvalue 2147483647 cycle;
grant usage on sequence terminals.kiosk_sequence to campus_app;

-- A kiosk has no key, so that nothing sent from outside is ever taken for its own.
create function terminals.refuse_key_of_kiosk() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from terminals.terminal t where t.id = new.terminal and t.kiosk) then
    raise exception 'A kiosk has no keys.' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger kiosk_has_no_key before insert on terminals.terminal_key
  for each row execute function terminals.refuse_key_of_kiosk();
