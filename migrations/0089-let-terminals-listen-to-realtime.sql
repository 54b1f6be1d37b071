-- A socket belongs to a listener: a cardholder's phones, or a terminal. Tickets live for thirty seconds; who holds one asks again.
delete from realtime.ticket;
alter table realtime.ticket
  drop column cardholder,
  add column listener text not null constraint ticket_listener_shape check (listener ~ '^(cardholder|terminal) [1-9][0-9]{0,18}$');
