import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from '../../platform/config/key-ring.js';
import { invariant } from '../../platform/errors/problem.js';

/** A secret at rest: `sealed` is nonce (12) ‖ tag (16) ‖ ciphertext; `key` names the wrapping key. */
export type SealedSecret = { readonly key: string; readonly sealed: Buffer };

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

type Wrapping = Pick<KeyRing, 'wrappingKeys' | 'currentWrappingKey'>;

function wrappingKey(keys: Wrapping, id: string): Buffer {
  const key = keys.wrappingKeys.get(id);
  invariant(key !== undefined, `The key ring has no wrapping key ${id}.`);
  return key;
}

/** Seals a secret to its owner: copied into another row it does not open. */
export function sealSecret(keys: Wrapping, owner: string, secret: string): SealedSecret {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, wrappingKey(keys, keys.currentWrappingKey), nonce);
  cipher.setAAD(Buffer.from(owner));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return {
    key: keys.currentWrappingKey,
    sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]),
  };
}

/** @throws when the row was tampered with or belongs to another owner. */
export function openSecret(keys: Wrapping, owner: string, { key, sealed }: SealedSecret): string {
  const decipher = createDecipheriv(
    algorithm,
    wrappingKey(keys, key),
    sealed.subarray(0, nonceBytes),
    { authTagLength: tagBytes },
  );
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const text = sealed.subarray(nonceBytes + tagBytes);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
}
