import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { invariant } from '../../platform/errors/problem.js';

const ivBytes = 12;
const tagBytes = 16;

export type SealedSeed = { readonly sealed: Buffer; readonly wrappingKey: string };

/** The purpose and the card are sealed in, so that a seed moved to another row opens nowhere. */
const boundTo = (card: bigint): Buffer => Buffer.from(`campus-paycode seed of card ${card}`);

/** AES-256-GCM under a key that is not in the database: iv ‖ tag ‖ ciphertext. */
export function sealSeed(keys: KeyRing, card: bigint, seed: Uint8Array): SealedSeed {
  const wrappingKey = keys.currentWrappingKey;
  const key = keys.wrappingKeys.get(wrappingKey);
  invariant(key !== undefined, 'The current wrapping key is missing.');
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(boundTo(card));
  const ciphertext = Buffer.concat([cipher.update(seed), cipher.final()]);
  return { sealed: Buffer.concat([iv, cipher.getAuthTag(), ciphertext]), wrappingKey };
}

/** @throws when the wrapping key is unknown or the row was tampered with. */
export function openSeed(keys: KeyRing, card: bigint, { sealed, wrappingKey }: SealedSeed): Buffer {
  const key = keys.wrappingKeys.get(wrappingKey);
  invariant(key !== undefined, `Wrapping key ${wrappingKey} is not in the keys file.`);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes));
  decipher.setAAD(boundTo(card));
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
}
