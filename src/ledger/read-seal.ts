/** How far the books are sealed, and what was said about it outside the database. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readAnchors, readNewestHead } from './store/seal.store.js';

/** Counting stops here: more is as bad. */
const countMax = 1_000_000;

export type SealHead = {
  readonly block: bigint;
  /** Entries in all blocks up to this one. */
  readonly total: bigint;
  /** Lower-case hexadecimal. */
  readonly hash: string;
  readonly sealedAt: Date;
};

export type SealLag = {
  /** Entries behind the commit horizon that are in no block; at most a million are counted. */
  readonly entries: number;
  /** Age of the oldest entry that is in no block; also grows while a long transaction holds the horizon. */
  readonly oldestSeconds: number;
};

@Injectable()
export class ReadSeal {
  constructor(private readonly database: DataSource) {}

  /** The newest block; null before the first. */
  async head(): Promise<SealHead | null> {
    const head = await readNewestHead(this.database);
    if (head === undefined) return null;
    return {
      block: head.no,
      total: head.total,
      hash: head.hash.toString('hex'),
      sealedAt: new Date(Number(head.sealedAt / 1_000n)),
    };
  }

  /** Anchors as they were written, newest first: lines of JSON, signed. */
  anchors({ before, limit }: { before?: bigint; limit: number }): Promise<string[]> {
    return readAnchors(this.database, before, limit);
  }

  async lag(): Promise<SealLag> {
    const [row] = await this.database.query<{ entries: number; oldest_seconds: number }[]>(
      'select entries, oldest_seconds from ledger.seal_lag($1)',
      [countMax],
    );
    return { entries: row?.entries ?? 0, oldestSeconds: row?.oldest_seconds ?? 0 };
  }
}
