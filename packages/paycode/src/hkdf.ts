import { assertLength, concat, type HmacSha256 } from './bytes.js';

const HASH_LENGTH = 32;

export type HkdfInput = {
  readonly secret: Uint8Array;
  /** 32 zero bytes when left out, as RFC 5869 section 2.2 has it for SHA-256. */
  readonly salt?: Uint8Array;
  readonly info: Uint8Array;
  /** Bytes wanted, 32 when left out. */
  readonly length?: number;
};

/** HKDF-SHA-256, RFC 5869: extract, then expand. */
export function hkdf(input: HkdfInput, hmac: HmacSha256): Uint8Array {
  const { secret, salt = new Uint8Array(HASH_LENGTH), info, length = HASH_LENGTH } = input;
  if (!Number.isInteger(length) || length < 1 || length > 255 * HASH_LENGTH) {
    throw new RangeError(`HKDF-SHA-256 gives 1 to ${255 * HASH_LENGTH} bytes.`);
  }
  const pseudorandomKey = hmac(salt, secret);
  assertLength(pseudorandomKey, HASH_LENGTH, 'An HMAC-SHA-256');
  let block: Uint8Array = new Uint8Array(0);
  let output: Uint8Array = new Uint8Array(0);
  for (let round = 1; output.length < length; round += 1) {
    block = hmac(pseudorandomKey, concat(block, info, Uint8Array.of(round)));
    output = concat(output, block);
  }
  return output.slice(0, length);
}
