import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { invariant } from '../../platform/errors/problem.js';

const ivBytes = 12;
const tagBytes = 16;

/** What is sealed: a seed, or the service's half of what led to one. */
export type Sealed = 'seed' | 'server random';

export type SealedSeed = { readonly sealed: Buffer; readonly wrappingKey: string };

/** The purpose and the card are sealed in, so that a seed moved to another row opens nowhere. */
const boundTo = (card: bigint, what: Sealed): Buffer =>
  Buffer.from(`campus-paycode ${what} of card ${card}`);

/** AES-256-GCM under the current key, which is not in the database: iv ‖ tag ‖ ciphertext. */
export function sealSeed(
  keys: KeyRing,
  card: bigint,
  secret: Uint8Array,
  what: Sealed = 'seed',
): SealedSeed {
  const wrappingKey = keys.currentWrappingKey;
  const key = keys.wrappingKeys.get(wrappingKey);
  invariant(key !== undefined, 'The current wrapping key is missing.');
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(boundTo(card, what));
  const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
  return { sealed: Buffer.concat([iv, cipher.getAuthTag(), ciphertext]), wrappingKey };
}

/** @throws when the wrapping key is unknown or the row was tampered with. */
export function openSeed(
  keys: KeyRing,
  card: bigint,
  { sealed, wrappingKey }: SealedSeed,
  what: Sealed = 'seed',
): Buffer {
  const key = keys.wrappingKeys.get(wrappingKey);
  invariant(key !== undefined, `Wrapping key ${wrappingKey} is not in the keys file.`);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes));
  decipher.setAAD(boundTo(card, what));
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
}
