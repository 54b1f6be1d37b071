-- A terminal may bring a new key while its old one goes on; and whoever builds a terminal may read what it sent.

alter table terminals.terminal_key add column retired_at timestamptz;

-- Lets its holder read the calls of one terminal, and nothing else; only the hash is kept.
create table terminals.log_link (
  token_hash bytea constraint log_link_key primary key,
  terminal bigint not null constraint log_link_of_terminal references terminals.terminal (id),
  expires_at timestamptz not null,
  made_by bigint not null,
  created_at timestamptz not null default platform.now()
);
grant select, insert on terminals.log_link to campus_app;
