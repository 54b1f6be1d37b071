import { ascii, assertLength, type HmacSha256 } from './bytes.js';
import { hkdf } from './hkdf.js';

export const SEED_LENGTH = 32;

export type CodeKeys = {
  /** 32 bytes. Names the credential for one alias epoch; all an index needs. */
  readonly aliasKey: Uint8Array;
  /** 32 bytes. Makes the one-time password. */
  readonly otpKey: Uint8Array;
};

/**
 * The two keys of a seed of 32 bytes. They are two because, under one key, the nine digits of a
 * counter end in its eight: the alias would give the password away.
 */
export function deriveKeys(seed: Uint8Array, hmac: HmacSha256): CodeKeys {
  return {
    aliasKey: keyOf(seed, 'cpc1/alias', hmac),
    otpKey: keyOf(seed, 'cpc1/otp', hmac),
  };
}

/** The key under which a phone proves at a synchronization that it holds the seed. */
export function deriveSyncKey(seed: Uint8Array, hmac: HmacSha256): Uint8Array {
  return keyOf(seed, 'cpc1/sync', hmac);
}

function keyOf(seed: Uint8Array, label: string, hmac: HmacSha256): Uint8Array {
  assertLength(seed, SEED_LENGTH, 'A seed');
  return hkdf({ secret: seed, info: ascii(label) }, hmac);
}
