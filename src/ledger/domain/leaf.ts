import { hash } from 'node:crypto';

/** Where an entry stands in the order in which entries are sealed. `xid` does not fit a JavaScript number. */
export type Position = { readonly era: number; readonly xid: bigint; readonly id: bigint };

/** One posting as it is sealed; amounts in fen. */
export type SealedLine = {
  readonly line: number;
  readonly account: bigint;
  readonly amount: bigint;
  readonly seq: bigint | null;
  readonly balanceAfter: bigint | null;
};

/** An entry with its postings in the order of their lines: every column that never changes. */
export type SealedEntry = Position & {
  /** Microseconds since 1970. */
  readonly postedAt: bigint;
  readonly kind: string;
  readonly reverses: bigint | null;
  readonly hold: bigint | null;
  /** The very text that the database gives for its JSON. */
  readonly about: string;
  readonly lines: readonly SealedLine[];
};

const version = 1;

/** Of all parts together. At once: a verifier hashes three times for each entry, and an object for each would cost most. */
export const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  hash('sha256', parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), 'buffer');

/** What keeps a leaf from being guessed by whoever sees its hash in a neighbor's proof. */
export function nonceOf(salt: Uint8Array, id: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(id);
  return sha256(salt, bytes);
}

class Writer {
  private at = 0;
  constructor(private readonly bytes: Buffer) {}

  get written(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  raw(value: Uint8Array): this {
    this.bytes.set(value, this.at);
    this.at += value.length;
    return this;
  }
  byte(value: number): this {
    this.at = this.bytes.writeUInt8(value, this.at);
    return this;
  }
  int16(value: number): this {
    this.at = this.bytes.writeInt16BE(value, this.at);
    return this;
  }
  int32(value: number): this {
    this.at = this.bytes.writeInt32BE(value, this.at);
    return this;
  }
  int64(value: bigint): this {
    this.at = this.bytes.writeBigInt64BE(value, this.at);
    return this;
  }
  uint64(value: bigint): this {
    this.at = this.bytes.writeBigUInt64BE(value, this.at);
    return this;
  }
  optional(value: bigint | null): this {
    return value === null ? this.byte(0) : this.byte(1).int64(value);
  }
  text(value: Buffer): this {
    return this.int32(value.length).raw(value);
  }
}

const fixedBytesMax = 1 + 1 + 32 + 8 + 4 + 8 + 8 + 4 + 9 + 9 + 4 + 4;
const lineBytesMax = 2 + 8 + 8 + 9 + 9;

/** RFC 6962: a leaf's hash is of one zero byte and the leaf. */
function leafInput(entry: SealedEntry, nonce: Uint8Array): Buffer {
  const [kind, about] = [Buffer.from(entry.kind), Buffer.from(entry.about)];
  const bytes = Buffer.allocUnsafe(
    fixedBytesMax + kind.length + about.length + lineBytesMax * entry.lines.length,
  );
  const writer = new Writer(bytes)
    .byte(0)
    .byte(version)
    .raw(nonce)
    .int64(entry.id)
    .int32(entry.era)
    .uint64(entry.xid)
    .int64(entry.postedAt)
    .text(kind)
    .optional(entry.reverses)
    .optional(entry.hold)
    .text(about)
    .int32(entry.lines.length);
  for (const { line, account, amount, seq, balanceAfter } of entry.lines)
    writer.int16(line).int64(account).int64(amount).optional(seq).optional(balanceAfter);
  return writer.written;
}

/** The bytes of an entry that are hashed; docs/seal.md describes them one by one. */
export const canonicalBytes = (entry: SealedEntry, nonce: Uint8Array): Buffer =>
  leafInput(entry, nonce).subarray(1);

export const leafHash = (entry: SealedEntry, salt: Uint8Array): Buffer =>
  sha256(leafInput(entry, nonceOf(salt, entry.id)));

/** Negative, zero or positive, as one position is before, at or after another. */
export function comparePositions(one: Position, other: Position): number {
  if (one.era !== other.era) return one.era - other.era;
  if (one.xid !== other.xid) return one.xid < other.xid ? -1 : 1;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
