import { ascii, compareBytes, concat, readUint } from './bytes.js';
import { REFERENCE_LENGTH } from './certificate.js';
import { SIGNATURE_LENGTH } from './ed25519.js';

export const HOTLIST_FORMAT = 0xd1;
export const HOTLIST_HEADER_LENGTH = 28;
/** The most references in a list, 400 kB: a terminal has to hold it and its successor. */
export const MOST_HOTLISTED = 50_000;

/** What leads from one list to the next; from the empty one when `base` is 0: the whole list. */
export type HotlistUpdate = {
  readonly issuerKeyId: number;
  readonly scheme: number;
  readonly number: number;
  /** The number of the list it is made for. */
  readonly base: number;
  readonly madeAt: number;
  /** How many references the list has afterwards. */
  readonly total: number;
  readonly added: readonly Uint8Array[];
  readonly removed: readonly Uint8Array[];
};

/** Reads the bytes; undefined when they are no update. The signature is not looked at. */
export function readHotlistUpdate(bytes: Uint8Array): HotlistUpdate | undefined {
  if (bytes.length < HOTLIST_HEADER_LENGTH + SIGNATURE_LENGTH) return undefined;
  if (bytes[0] !== HOTLIST_FORMAT) return undefined;
  const [number, base, total] = [
    readUint(bytes, 4, 4),
    readUint(bytes, 8, 4),
    readUint(bytes, 16, 4),
  ];
  const [adds, removes] = [readUint(bytes, 20, 4), readUint(bytes, 24, 4)];
  if (number <= base || Math.max(total, adds, removes) > MOST_HOTLISTED) return undefined;
  const length = HOTLIST_HEADER_LENGTH + (adds + removes) * REFERENCE_LENGTH + SIGNATURE_LENGTH;
  if (bytes.length !== length) return undefined;
  const added = references(bytes, HOTLIST_HEADER_LENGTH, adds);
  const removed = references(bytes, HOTLIST_HEADER_LENGTH + adds * REFERENCE_LENGTH, removes);
  if (!isRising(added) || !isRising(removed)) return undefined;
  return {
    issuerKeyId: readUint(bytes, 1, 1),
    scheme: readUint(bytes, 2, 2),
    number,
    base,
    madeAt: readUint(bytes, 12, 4),
    total,
    added,
    removed,
  };
}

export function hotlistMessage(unsigned: Uint8Array): Uint8Array {
  return concat(ascii('cpc1/hotlist\0'), unsigned);
}

/** Whether every reference sorts after the one before it, so that none is there twice. */
export function isRising(references: readonly Uint8Array[]): boolean {
  return references.every((each, index) => {
    const previous = references[index - 1];
    return previous === undefined || compareBytes(previous, each) < 0;
  });
}

function references(bytes: Uint8Array, offset: number, count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => {
    const start = offset + index * REFERENCE_LENGTH;
    return bytes.slice(start, start + REFERENCE_LENGTH);
  });
}
