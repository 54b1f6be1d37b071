/** Whoever holds a proof can check by themselves that an entry is in the sealed books, unchanged. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { invariant, Refusal } from '../platform/errors/problem.js';
import type { BlockHead } from './domain/block.js';
import { leafHash, nonceOf, type SealedEntry } from './domain/leaf.js';
import { auditPath, splitLeaves } from './domain/merkle.js';
import { ledgerProblems } from './ledger.errors.js';
import { findAnchorOf, findBlockOf, findEntry, readHeads, readLeaves } from './store/seal.store.js';

/** An anchor comes once a minute, a block every ten seconds or for each few thousand entries. */
const blocksMax = 1_000;

export type Inclusion = {
  readonly entry: SealedEntry;
  readonly nonce: Buffer;
  readonly leaf: Buffer;
  /** Which leaf of its block it is, from zero. */
  readonly index: number;
  readonly path: readonly Buffer[];
  /** From the entry's block to the anchored one, or only the entry's own while there is no anchor. */
  readonly blocks: readonly BlockHead[];
  /** The line that tells the last of these blocks' hash outside the database. */
  readonly anchor: string | null;
};

@Injectable()
export class ProveInclusion {
  constructor(private readonly database: DataSource) {}

  /** @throws {Refusal} not_sealed_yet */
  async prove(entryId: bigint): Promise<Inclusion> {
    const entry = await findEntry(this.database, entryId);
    invariant(entry !== undefined, 'A proof was asked for an entry that is not there.');
    const block = await findBlockOf(this.database, entry);
    if (block === undefined)
      throw new Refusal(ledgerProblems, 'not_sealed_yet', { retryAfterSeconds: 30 });
    const leaves = splitLeaves(await readLeaves(this.database, block.no));
    const leaf = leafHash(entry, block.salt);
    const index = leaves.findIndex((candidate) => candidate.equals(leaf));
    invariant(index !== -1, `Entry ${entryId} is not what block ${block.no} has sealed.`);
    return {
      entry,
      nonce: nonceOf(block.salt, entryId),
      leaf,
      index,
      path: auditPath(leaves, index),
      ...(await this.upToAnchor(block.no)),
    };
  }

  private async upToAnchor(no: bigint): Promise<Pick<Inclusion, 'blocks' | 'anchor'>> {
    const anchor = await findAnchorOf(this.database, no);
    const count = anchor === undefined ? 1 : Number(anchor.block - no) + 1;
    const isNear = anchor !== undefined && count <= blocksMax;
    return {
      blocks: await readHeads(this.database, no - 1n, isNear ? count : 1),
      anchor: isNear ? anchor.line : null,
    };
  }
}
