import { invariant } from '../errors/problem.js';

/**
 * Arrays as PostgreSQL sends them itself (`array_recv`): it need not read them letter by letter, nor the program write them
 * so. A parameter that is a Buffer goes over the wire as it is.
 */
type Codec<Item> = {
  /** The element's type, as `pg_type.oid` has it. */
  readonly oid: number;
  bytes(item: Item): number;
  write(item: Item, into: Buffer, at: number): unknown;
};

const headBytes = 20;
const lengthBytes = 4;
const microsPerMs = 1000n;
/** PostgreSQL counts from 2000-01-01. */
const epochMs = Date.UTC(2000, 0, 1);

const bigint: Codec<bigint> = {
  oid: 20,
  bytes: () => 8,
  write: (item, into, at) => into.writeBigInt64BE(item, at),
};
const int: Codec<number> = {
  oid: 23,
  bytes: () => 4,
  write: (item, into, at) => into.writeInt32BE(item, at),
};
const text: Codec<string> = {
  oid: 25,
  bytes: (item) => Buffer.byteLength(item),
  write: (item, into, at) => into.write(item, at),
};
const bytea: Codec<Buffer> = {
  oid: 17,
  bytes: (item) => item.length,
  write: (item, into, at) => item.copy(into, at),
};
const uuid: Codec<string> = {
  oid: 2950,
  bytes: () => 16,
  write: (item, into, at) => {
    const written = into.write(item.replaceAll('-', ''), at, 'hex');
    invariant(written === 16, 'What is sent as a UUID is none.');
  },
};
const timestamptz: Codec<Date> = {
  oid: 1184,
  bytes: () => 8,
  write: (item, into, at) =>
    into.writeBigInt64BE(BigInt(item.getTime() - epochMs) * microsPerMs, at),
};

const codecs = { bigint, int, text, bytea, uuid, timestamptz };

type Codecs = typeof codecs;
type ItemOf<Type extends keyof Codecs> = Codecs[Type] extends Codec<infer Item> ? Item : never;

/** One array of the type, counted from 1 as SQL's are; a null stays null. */
export function binaryArray<Type extends keyof Codecs>(
  type: Type,
  items: readonly (ItemOf<Type> | null)[],
): Buffer {
  const codec = codecs[type] as unknown as Codec<ItemOf<Type>>;
  const lengths = items.map((item) => (item === null ? -1 : codec.bytes(item)));
  const bytes = lengths.reduce((sum, length) => sum + lengthBytes + Math.max(0, length), headBytes);
  const buffer = Buffer.allocUnsafe(bytes);
  const head = [1, lengths.includes(-1) ? 1 : 0, codec.oid, items.length, 1];
  for (const [index, value] of head.entries()) buffer.writeInt32BE(value, index * lengthBytes);
  let at = headBytes;
  for (const [index, item] of items.entries()) {
    const length = lengths[index] ?? -1;
    at = buffer.writeInt32BE(length, at);
    if (item === null) continue;
    codec.write(item, buffer, at);
    at += length;
  }
  return buffer;
}

/** How many items an array has that was made here. */
export const lengthOfBinaryArray = (array: Buffer): number => array.readInt32BE(3 * lengthBytes);
