-- A guest has a host among the staff. Two of a host's guests at most are family: each has a seat, which is free again when
-- its cardholder is closed.
alter table cardholders.cardholder
  add column host bigint constraint cardholder_host_fkey references cardholders.cardholder (id),
  add column family_seat smallint constraint cardholder_family_has_two_seats check (family_seat in (1, 2)),
  add constraint cardholder_is_not_its_own_host check (host <> id),
  add constraint cardholder_host_has_guests check (host is null or group_code = 'guest'),
  add constraint cardholder_family_has_a_host check (family_seat is null or host is not null);
create unique index cardholder_family_seat_taken on cardholders.cardholder (host, family_seat)
  where family_seat is not null and status = 'active';
create index cardholder_of_host on cardholders.cardholder (host) where host is not null;
