-- Numbers of plastic cards rest under a key that is outside the database: of a chip's four bytes a plain hash is guessed in
-- seconds, and a printed number pays as it stands. What rests otherwise is forgotten and pays no more; such cards are issued
-- anew, and may be with the same numbers. Of a printed number its end stays, so that people know which card is meant.

update static_credentials.plastic set status = 'replaced', ended_at = platform.now() where status = 'active';
delete from static_credentials.plastic_number;

alter table static_credentials.plastic
  drop constraint plastic_printed_number_key,
  drop constraint plastic_printed_number_form;
alter table static_credentials.plastic rename column printed_number to printed_end;
update static_credentials.plastic set printed_end = right(printed_end, 2);
alter table static_credentials.plastic
  add constraint plastic_printed_end_form check (printed_end ~ '^[0-9A-Z]{2}$');
