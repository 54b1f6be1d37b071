import { sha256, type Position } from './leaf.js';

/** A block without what it holds: everything that its hash covers, and the hash. */
export type BlockHead = {
  readonly no: bigint;
  readonly prevHash: Buffer;
  readonly first: Position;
  readonly last: Position;
  readonly entries: number;
  /** Of all blocks up to this one. */
  readonly total: bigint;
  readonly root: Buffer;
  /** Microseconds since 1970. */
  readonly sealedAt: bigint;
  readonly hash: Buffer;
};

const blockMark = 0x02;
const version = 0x01;

/** What stands before the first block. */
export const noHash: Buffer = Buffer.alloc(32);

function positionBytes({ era, xid, id }: Position): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeInt32BE(era, 0);
  bytes.writeBigUInt64BE(xid, 4);
  bytes.writeBigInt64BE(id, 12);
  return bytes;
}

/** The hash of a block, over the hash of the one before; docs/seal.md describes the bytes. */
export function blockHash(block: Omit<BlockHead, 'hash'>): Buffer {
  const numbers = Buffer.alloc(8 + 12 + 8);
  numbers.writeBigInt64BE(block.no, 0);
  numbers.writeInt32BE(block.entries, 8);
  numbers.writeBigInt64BE(block.total, 12);
  numbers.writeBigInt64BE(block.sealedAt, 20);
  return sha256(
    Uint8Array.of(blockMark, version),
    numbers.subarray(0, 8),
    block.prevHash,
    positionBytes(block.first),
    positionBytes(block.last),
    numbers.subarray(8, 20),
    block.root,
    numbers.subarray(20),
  );
}
