import type { Reader } from '../../platform/database/transaction.js';
import { noHash, type BlockHead } from '../domain/block.js';
import type { Position, SealedEntry, SealedLine } from '../domain/leaf.js';

export const beginning: Position = { era: 0, xid: 0n, id: 0n };

type HeadRow = {
  no: string;
  prev_hash: Buffer;
  first_era: number;
  first_xid: string;
  first_id: string;
  last_era: number;
  last_xid: string;
  last_id: string;
  entries: number;
  total: string;
  root: Buffer;
  sealed_at: string;
  hash: Buffer;
};

const micros = (column: string): string => `(extract(epoch from ${column}) * 1000000)::bigint`;

const headColumns = `b.no, b.prev_hash, b.first_era, b.first_xid::text, b.first_id, b.last_era,
  b.last_xid::text, b.last_id, b.entries, b.total, b.root, b.hash, ${micros('b.sealed_at')} as sealed_at`;

const toHead = (row: HeadRow): BlockHead => ({
  no: BigInt(row.no),
  prevHash: row.prev_hash,
  first: { era: row.first_era, xid: BigInt(row.first_xid), id: BigInt(row.first_id) },
  last: { era: row.last_era, xid: BigInt(row.last_xid), id: BigInt(row.last_id) },
  entries: row.entries,
  total: BigInt(row.total),
  root: row.root,
  sealedAt: BigInt(row.sealed_at),
  hash: row.hash,
});

/** Blocks after a number, in order. */
export async function readHeads(
  database: Reader,
  after: bigint,
  limit: number,
): Promise<BlockHead[]> {
  const rows = await database.query<HeadRow[]>(
    `select ${headColumns} from ledger.block b where b.no > $1 order by b.no limit $2`,
    [after.toString(), limit],
  );
  return rows.map(toHead);
}

/** What a verifier needs beside the head; the leaves only as their hash, since there may be many. */
export type CheckedBlock = BlockHead & { readonly salt: Buffer; readonly leavesHash: Buffer };

export async function readBlocksToCheck(
  database: Reader,
  after: bigint,
  limit: number,
): Promise<CheckedBlock[]> {
  const rows = await database.query<(HeadRow & { salt: Buffer; leaves_hash: Buffer })[]>(
    `select ${headColumns}, b.salt, sha256(b.leaves) as leaves_hash
     from ledger.block b where b.no > $1 order by b.no limit $2`,
    [after.toString(), limit],
  );
  return rows.map((row) => ({ ...toHead(row), salt: row.salt, leavesHash: row.leaves_hash }));
}

/** The newest block; undefined before the first. */
export async function readNewestHead(database: Reader): Promise<BlockHead | undefined> {
  const rows = await database.query<HeadRow[]>(
    `select ${headColumns} from ledger.block b order by b.no desc limit 1`,
  );
  return rows[0] === undefined ? undefined : toHead(rows[0]);
}

export async function readHashAndTotal(
  database: Reader,
  no: bigint,
): Promise<{ hash: string; total: bigint } | undefined> {
  const [row] = await database.query<{ hash: string; total: string }[]>(
    `select encode(b.hash, 'hex') as hash, b.total from ledger.block b where b.no = $1`,
    [no.toString()],
  );
  return row === undefined ? undefined : { hash: row.hash, total: BigInt(row.total) };
}

export async function readLeaves(database: Reader, no: bigint): Promise<Buffer> {
  const [row] = await database.query<{ leaves: Buffer }[]>(
    'select b.leaves from ledger.block b where b.no = $1',
    [no.toString()],
  );
  return row?.leaves ?? noHash.subarray(0, 0);
}

/** The block that an entry is in, by one probe; undefined when it is in none yet. */
export async function findBlockOf(
  database: Reader,
  { era, xid, id }: Position,
): Promise<{ no: bigint; salt: Buffer } | undefined> {
  const [row] = await database.query<{ no: string; salt: Buffer }[]>(
    `select b.no, b.salt from ledger.block b
     where (b.last_era, b.last_xid, b.last_id) >= ($1::int, $2::xid8, $3::bigint)
     order by b.last_era, b.last_xid, b.last_id limit 1`,
    [era, xid.toString(), id.toString()],
  );
  return row === undefined ? undefined : { no: BigInt(row.no), salt: row.salt };
}

type EntryRow = {
  era: number;
  xid: string;
  id: string;
  posted_at: string;
  kind: string;
  reverses: string | null;
  hold: string | null;
  about: string;
  lines: string | null;
};

const optional = (text: string | null | undefined): bigint | null =>
  text === null || text === undefined || text === '-' ? null : BigInt(text);

function toLine(text: string): SealedLine {
  const [line = '', account = '', amount = '', seq, balanceAfter] = text.split(' ');
  return {
    line: Number(line),
    account: BigInt(account),
    amount: BigInt(amount),
    seq: optional(seq),
    balanceAfter: optional(balanceAfter),
  };
}

const toEntry = (row: EntryRow): SealedEntry => ({
  era: row.era,
  xid: BigInt(row.xid),
  id: BigInt(row.id),
  postedAt: BigInt(row.posted_at),
  kind: row.kind,
  reverses: optional(row.reverses),
  hold: optional(row.hold),
  about: row.about,
  lines: row.lines === null ? [] : row.lines.split(',').map(toLine),
});

/**
 * Columns, not the functions that seal: whoever could alter rows could alter those as well. One text for the lines of an
 * entry costs a fraction of rows or JSON.
 */
const entriesAs = (picked: string): string => `
  select e.era, e.xid::text, e.id, ${micros('e.posted_at')} as posted_at, e.kind, e.reverses, e.hold,
    e.about::text as about, l.lines
  from (${picked}) e
  left join lateral (
    select string_agg(concat_ws(' ', p.line, p.account, p.amount, coalesce(p.seq::text, '-'),
      coalesce(p.balance_after::text, '-')), ',' order by p.line) as lines
    from ledger.posting p where p.entry = e.id and p.posted_at = e.posted_at
  ) l on true
  order by e.era, e.xid, e.id`;

/** Entries after a position, in the order in which they are sealed. */
export async function readEntries(
  database: Reader,
  { era, xid, id }: Position,
  limit: number,
): Promise<SealedEntry[]> {
  const rows = await database.query<EntryRow[]>(
    entriesAs(`select * from ledger.entry x
      where (x.era, x.xid, x.id) > ($1::int, $2::xid8, $3::bigint)
      order by x.era, x.xid, x.id limit $4`),
    [era, xid.toString(), id.toString(), limit],
  );
  return rows.map(toEntry);
}

export async function findEntry(database: Reader, id: bigint): Promise<SealedEntry | undefined> {
  const rows = await database.query<EntryRow[]>(
    entriesAs('select * from ledger.entry x where x.id = $1'),
    [id.toString()],
  );
  return rows[0] === undefined ? undefined : toEntry(rows[0]);
}

export async function noteAnchor(database: Reader, block: bigint, line: string): Promise<void> {
  await database.query('select ledger.note_anchor($1, $2)', [block.toString(), line]);
}

export type NotedAnchor = { readonly block: bigint; readonly line: string };

/** The first anchor that covers a block. */
export async function findAnchorOf(
  database: Reader,
  block: bigint,
): Promise<NotedAnchor | undefined> {
  const [row] = await database.query<{ block: string; line: string }[]>(
    'select a.block, a.line from ledger.anchor a where a.block >= $1 order by a.block limit 1',
    [block.toString()],
  );
  return row === undefined ? undefined : { block: BigInt(row.block), line: row.line };
}

/** Newest first. */
export async function readAnchors(
  database: Reader,
  before: bigint | undefined,
  limit: number,
): Promise<string[]> {
  const rows = await database.query<{ line: string }[]>(
    `select a.line from ledger.anchor a where $1::bigint is null or a.block < $1
     order by a.block desc limit $2`,
    [before?.toString() ?? null, limit],
  );
  return rows.map(({ line }) => line);
}
