-- The seal: blocks of entries that nobody adds to any more, each a Merkle tree, each block with the hash of the one before.
-- docs/seal.md says byte by byte what is hashed. Entries themselves know nothing of it.

-- Positions are (era, xid, id): the order in which entries are sealed. A block holds every entry after the block before it
-- and up to its own last one, so that the block of an entry is one probe into block_position.
create table ledger.block (
  no bigint constraint block_pkey primary key check (no > 0),
  prev_hash bytea not null,
  first_era int not null,
  first_xid xid8 not null,
  first_id bigint not null,
  last_era int not null,
  last_xid xid8 not null,
  last_id bigint not null,
  entries int not null check (entries > 0),
  -- Of all blocks up to this one: a chain that was cut off is shorter than its anchor says.
  total bigint not null check (total >= entries),
  -- Kept from strangers: with the nonces that come of it, a hash in a proof does not give away the neighbor's sale.
  salt bytea not null,
  -- The leaves one after the other, 32 bytes each: a proof needs no other rows, and a verifier can name the entry.
  leaves bytea not null,
  root bytea not null,
  sealed_at timestamptz not null,
  hash bytea not null constraint block_hash_key unique,
  constraint block_position unique (last_era, last_xid, last_id),
  constraint block_hashes_are_sha256
    check (octet_length(prev_hash) = 32 and octet_length(root) = 32 and octet_length(hash) = 32),
  constraint block_leaves_are_whole check (octet_length(leaves) = 32 * entries)
);
-- Hashes do not compress.
alter table ledger.block alter column leaves set storage external;
select platform.make_append_only('ledger.block');

-- A copy of what was anchored outside the database, so that any process can show it. It proves nothing: the anchors do.
create table ledger.anchor (
  id bigint generated always as identity constraint anchor_pkey primary key,
  block bigint not null constraint anchor_block_fkey references ledger.block,
  line text not null constraint anchor_line_key unique,
  anchored_at timestamptz not null
);
create index anchor_of_block on ledger.anchor (block);
select platform.make_append_only('ledger.anchor');

grant select on ledger.block, ledger.anchor to campus_app;
