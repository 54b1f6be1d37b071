-- Who was where and when is kept no longer than it is needed for: then scans, visits and incidents are forgotten. What they
-- moved stays in the books, and a pass still says how often it was used.

create table gates.retention (
  single boolean constraint retention_key primary key default true constraint retention_single check (single),
  keep_days int not null constraint retention_range check (keep_days between 30 and 1100)
);
insert into gates.retention (keep_days) values (180);

-- Of `used`: how many of its visits were forgotten.
alter table gates.pass add column forgotten int not null default 0,
  add constraint pass_forgotten_within check (forgotten between 0 and used);

create index visit_ended on gates.visit (ended_at) where ended_at is not null;
create index passage_by_time on gates.passage (decided_at);
create index incident_by_time on gates.incident (happened_at);

grant select on gates.retention to campus_app;
