-- Whether terminals at a place may sell by themselves while they have no network.

alter table places.place add column offline boolean not null default true;
