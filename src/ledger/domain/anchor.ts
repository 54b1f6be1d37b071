import { sign, verify, type KeyObject } from 'node:crypto';
import { sha256 } from './leaf.js';

/** A block's number, length and hash as they were told to the world outside the database. */
export type Anchor = {
  readonly block: bigint;
  /** Entries in all blocks up to this one. */
  readonly total: bigint;
  /** Lower-case hexadecimal, as are all hashes in a line. */
  readonly hash: string;
  readonly at: string;
  readonly service: string;
  /** Of the line before; zeros in the first one. */
  readonly previous: string;
  readonly keyId: string;
  /** Base64url. */
  readonly signature: string;
};

export type AnchorKey = {
  readonly id: string;
  readonly privateKey: KeyObject;
};

/** What the first line of a file names as the line before. */
export const noLine = '00'.repeat(32);

/** Other things are signed with the same key: the first line keeps one from passing for another. */
const signedText = (anchor: Omit<Anchor, 'signature'>): Buffer =>
  Buffer.from(
    [
      'campus-paycode anchor 1',
      anchor.service,
      anchor.block,
      anchor.total,
      anchor.hash,
      anchor.at,
      anchor.previous,
      anchor.keyId,
    ].join('\n'),
  );

export const hashOfLine = (line: string): string => sha256(Buffer.from(line)).toString('hex');

/** One line of JSON, without its newline. */
export function writeAnchor(
  unsigned: Omit<Anchor, 'keyId' | 'signature'>,
  { id: keyId, privateKey }: AnchorKey,
): string {
  const anchor = { ...unsigned, keyId };
  return JSON.stringify({
    ...anchor,
    block: anchor.block.toString(),
    total: anchor.total.toString(),
    signature: sign(null, signedText(anchor), privateKey).toString('base64url'),
  });
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is string =>
  isText(value) && /^[1-9]\d{0,17}$/.test(value);
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);

/** @returns undefined when the line is not one that `writeAnchor` could have written. */
export function readAnchor(line: string): Anchor | undefined {
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  if (typeof fields !== 'object' || fields === null) return undefined;
  const { block, total, hash, at, service, previous, keyId, signature } = fields;
  if (!isNumber(block) || !isNumber(total) || !isHash(hash) || !isHash(previous)) return undefined;
  if (!isText(at) || !isText(service) || !isText(keyId) || !isText(signature)) return undefined;
  return {
    block: BigInt(block),
    total: BigInt(total),
    hash,
    at,
    service,
    previous,
    keyId,
    signature,
  };
}

export const isSignedBy = (anchor: Anchor, publicKey: KeyObject): boolean =>
  verify(null, signedText(anchor), publicKey, Buffer.from(anchor.signature, 'base64url'));
