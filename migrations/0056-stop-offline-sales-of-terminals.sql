-- A terminal whose records do not follow one another sells nothing without the service until two people have looked.

alter table terminals.terminal add column offline_stopped_at timestamptz;
