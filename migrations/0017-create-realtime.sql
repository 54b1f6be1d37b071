-- One-time tickets for sockets: a browser cannot put a header on a socket, and a long-lived token has no place in an address.

create schema realtime;
grant usage on schema realtime to campus_app;

create table realtime.ticket (
  hash bytea primary key,
  cardholder bigint not null,
  expires_at timestamptz not null
);
create index ticket_due on realtime.ticket (expires_at);

grant select, insert, delete on realtime.ticket to campus_app;
