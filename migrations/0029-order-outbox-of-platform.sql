-- An event is read by its place in the one order; a second index over its number served nobody.
alter table platform.outbox drop constraint outbox_pkey;
drop index platform.outbox_order;
alter table platform.outbox add primary key (era, xid, id, happened_at);
