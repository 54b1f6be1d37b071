import type { Reader } from '../../platform/database/transaction.js';
import { blockHash, noHash } from '../domain/block.js';
import type { Findings } from '../domain/findings.js';
import {
  comparePositions,
  leafHash,
  sha256,
  type Position,
  type SealedEntry,
} from '../domain/leaf.js';
import { merkleRoot, splitLeaves } from '../domain/merkle.js';
import {
  beginning,
  readBlocksToCheck,
  readEntries,
  readLeaves,
  type CheckedBlock,
} from './seal.store.js';

const blocksAtATime = 500;
const entriesAtATime = 4_000;

type Link = Pick<CheckedBlock, 'no' | 'hash' | 'last' | 'total'>;

const start: Link = { no: 0n, hash: noHash, last: beginning, total: 0n };

/** Entries one after the other; the next page is on its way while this one is hashed. */
class EntryStream {
  private page: readonly SealedEntry[] = [];
  private at = 0;
  private coming: Promise<readonly SealedEntry[]>;

  constructor(private readonly database: Reader) {
    this.coming = this.fetch(beginning);
  }

  /** The entries up to a position that were not taken yet. */
  async *upTo(last: Position): AsyncGenerator<readonly SealedEntry[]> {
    for (;;) {
      if (this.at === this.page.length) await this.turnPage();
      if (this.page.length === 0) return;
      let end = this.at;
      while (end < this.page.length && comparePositions(this.page[end] as Position, last) <= 0)
        end += 1;
      yield this.page.slice(this.at, end);
      this.at = end;
      if (end < this.page.length) return;
    }
  }

  /** Waits for the page that nobody needs any more: the connection is somebody else's next. */
  async close(): Promise<void> {
    await this.coming;
  }

  private async turnPage(): Promise<void> {
    this.page = await this.coming;
    this.at = 0;
    const last = this.page.at(-1);
    this.coming = last === undefined ? Promise.resolve([]) : this.fetch(last);
  }

  private fetch(after: Position): Promise<readonly SealedEntry[]> {
    const fetched = readEntries(this.database, after, entriesAtATime);
    // Whoever turns the page hears of it.
    fetched.catch(() => undefined);
    return fetched;
  }
}

/** A connection takes one question at a time, and the next page is asked for ahead. */
function oneAtATime(database: Reader): Reader {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query: <Rows>(sql: string, values?: unknown[]): Promise<Rows> => {
      const next = last.then(() => database.query<Rows>(sql, values));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/** Holds every block against the one before and against its own hash. */
function checkChain(block: CheckedBlock, before: Link, chain: Findings): void {
  if (block.no !== before.no + 1n)
    chain.add(`after block ${before.no} comes block ${block.no}: what was between is not there`);
  if (!block.prevHash.equals(before.hash))
    chain.add(`block ${block.no} does not follow block ${before.no}: it names another hash`);
  if (!blockHash(block).equals(block.hash)) chain.add(`block ${block.no} has another hash`);
  if (block.total !== before.total + BigInt(block.entries))
    chain.add(`block ${block.no} counts ${block.total} entries in all, after ${before.total}`);
  if (
    comparePositions(before.last, block.first) >= 0 ||
    comparePositions(block.first, block.last) > 0
  )
    chain.add(`block ${block.no} does not lie after block ${before.no}`);
}

/** Tells which entries are not as they were sealed, by the hashes that the block keeps. */
function compareLeaves(
  block: CheckedBlock,
  kept: readonly string[],
  entries: readonly { readonly id: bigint; readonly leaf: string }[],
  content: Findings,
): void {
  const keptSet = new Set(kept);
  const foundSet = new Set(entries.map(({ leaf }) => leaf));
  let [k, f] = [0, 0];
  while (k < kept.length || f < entries.length) {
    const [sealed, found] = [kept[k], entries[f]];
    if (sealed !== undefined && sealed === found?.leaf) {
      [k, f] = [k + 1, f + 1];
    } else if (found !== undefined && (sealed === undefined || foundSet.has(sealed))) {
      content.add(`entry ${found.id} is none of block ${block.no}: it was added or moved`);
      f += 1;
    } else if (found === undefined || keptSet.has(found.leaf)) {
      const before = entries[f - 1];
      const where = before === undefined ? 'at its start' : `after entry ${before.id}`;
      content.add(`an entry of block ${block.no} is missing, ${where}`);
      k += 1;
    } else {
      content.add(`entry ${found.id} was changed after block ${block.no} was sealed`);
      [k, f] = [k + 1, f + 1];
    }
  }
}

async function checkEntries(
  database: Reader,
  block: CheckedBlock,
  stream: EntryStream,
  content: Findings,
): Promise<void> {
  const entries: { id: bigint; leaf: Buffer }[] = [];
  for await (const some of stream.upTo(block.last))
    for (const entry of some) entries.push({ id: entry.id, leaf: leafHash(entry, block.salt) });
  const leaves = entries.map(({ leaf }) => leaf);
  const isSound =
    leaves.length === block.entries &&
    merkleRoot(leaves).equals(block.root) &&
    sha256(...leaves).equals(block.leavesHash);
  if (isSound) return;

  const kept = splitLeaves(await readLeaves(database, block.no));
  if (kept.length !== block.entries || !merkleRoot(kept).equals(block.root))
    content.add(`block ${block.no} does not keep the hashes that its root was made of`);
  compareLeaves(
    block,
    kept.map((leaf) => leaf.toString('hex')),
    entries.map(({ id, leaf }) => ({ id, leaf: leaf.toString('hex') })),
    content,
  );
}

/**
 * Recomputes every block from the rows. A block holds whatever lies after the one before and up to its own last entry, so
 * no entry can lie between two blocks. Reads in pages, whatever the length of the history.
 */
export async function checkBlocks(
  connection: Reader,
  chain: Findings,
  content: Findings,
): Promise<void> {
  const database = oneAtATime(connection);
  const stream = new EntryStream(database);
  let before = start;
  try {
    for (;;) {
      const blocks = await readBlocksToCheck(database, before.no, blocksAtATime);
      for (const block of blocks) {
        checkChain(block, before, chain);
        await checkEntries(database, block, stream, content);
        before = block;
      }
      if (blocks.length < blocksAtATime) return;
    }
  } finally {
    await stream.close();
  }
}
