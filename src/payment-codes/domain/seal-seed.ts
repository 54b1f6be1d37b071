import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { invariant } from '../../platform/errors/problem.js';

const ivBytes = 12;
const tagBytes = 16;

/** How long a seed is as it rests. */
export const sealedBytes = ivBytes + tagBytes + 32;

/** What is sealed: a seed, or the service's half of what led to one. */
export type Sealed = 'seed' | 'server random';

export type SealedSeed = { readonly sealed: Buffer; readonly wrappingKey: string };

/** The purpose and the card are sealed in, so that a seed moved to another row opens nowhere. */
const boundTo = (card: bigint, what: Sealed): string => `campus-paycode ${what} of card ${card}`;

/** AES-256-GCM under the current key, which is not in the database: iv ‖ tag ‖ ciphertext. It opens only for the same words. */
export function seal(keys: KeyRing, secret: Uint8Array, boundToWords: string): SealedSeed {
  const wrappingKey = keys.currentWrappingKey;
  const key = keys.wrappingKeys.get(wrappingKey);
  invariant(key !== undefined, 'The current wrapping key is missing.');
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(boundToWords));
  const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
  return { sealed: Buffer.concat([iv, cipher.getAuthTag(), ciphertext]), wrappingKey };
}

/** @throws when the wrapping key is unknown or the row was tampered with. */
export function unseal(
  keys: KeyRing,
  { sealed, wrappingKey }: SealedSeed,
  boundToWords: string,
): Buffer {
  const key = keys.wrappingKeys.get(wrappingKey);
  invariant(key !== undefined, `Wrapping key ${wrappingKey} is not in the keys file.`);
  return unsealUnder(key, sealed, boundToWords);
}

function unsealUnder(key: Uint8Array, sealed: Uint8Array, boundToWords: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes));
  decipher.setAAD(Buffer.from(boundToWords));
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
}

export const sealSeed = (
  keys: KeyRing,
  card: bigint,
  secret: Uint8Array,
  what: Sealed = 'seed',
): SealedSeed => seal(keys, secret, boundTo(card, what));

/** @throws when the wrapping key is unknown or the row was tampered with. */
export const openSeed = (
  keys: KeyRing,
  card: bigint,
  sealed: SealedSeed,
  what: Sealed = 'seed',
): Buffer => unseal(keys, sealed, boundTo(card, what));

/** For whoever has the very key. @throws when it was sealed otherwise or tampered with. */
export const openSeedUnder = (key: Uint8Array, card: bigint, sealed: Uint8Array): Buffer =>
  unsealUnder(key, sealed, boundTo(card, 'seed'));
