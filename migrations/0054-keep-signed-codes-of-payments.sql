-- Which signed code paid for which sale, with a network and without: a code that a phone signed is one sale's, and whoever
-- brings it again is answered by what is written here.

create table payments.signed_sale (
  payment bigint constraint signed_sale_pkey primary key,
  -- When the payment was decided: with it, the payment is found in its month.
  decided_at timestamptz not null,
  certificate bigint not null,
  counter int not null constraint signed_sale_counter_range check (counter between 0 and 16777215),
  -- SHA-256 of the 187 bytes: two codes under one counter are two.
  digest bytea not null constraint signed_sale_digest_length check (octet_length(digest) = 32),
  -- Whether a terminal without a network took it, and the service heard of it later.
  offline boolean not null
);
create index signed_sale_of_code on payments.signed_sale (certificate, counter);
select platform.make_append_only('payments.signed_sale');
grant select on payments.signed_sale to campus_app;
