import {
  isPublicKeyFor,
  publicKeyToJwk,
  type SignatureAlgorithm,
} from '@campus-paycode/terminal-protocol';
import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto';

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

/** Parsing a key costs as much as using it; each is parsed once. */
const parsed = new WeakMap<Uint8Array, KeyObject>();

/** The raw public key as node:crypto wants it, or undefined when it is no point of its curve. */
export function parsePublicKey(
  algorithm: SignatureAlgorithm,
  publicKey: Uint8Array,
): KeyObject | undefined {
  const known = parsed.get(publicKey);
  if (known !== undefined) return known;
  if (!isPublicKeyFor(algorithm, publicKey)) return undefined;
  try {
    const key = createPublicKey({
      key: { ...publicKeyToJwk(algorithm, publicKey) },
      format: 'jwk',
    });
    parsed.set(publicKey, key);
    return key;
  } catch {
    return undefined;
  }
}

type VerifyingKey = { readonly algorithm: SignatureAlgorithm; readonly publicKey: Uint8Array };

export function signatureHolds(
  key: VerifyingKey,
  base: Uint8Array,
  signature: Uint8Array,
): boolean {
  const publicKey = parsePublicKey(key.algorithm, key.publicKey);
  if (publicKey === undefined) return false;
  return key.algorithm === 'ed25519'
    ? verify(null, base, publicKey, signature)
    : verify('sha256', base, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
}

/** The same, on another thread: it takes as long as all else that a request costs before it is decided. */
export function findWhetherSignatureHolds(
  key: VerifyingKey,
  base: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const publicKey = parsePublicKey(key.algorithm, key.publicKey);
  if (publicKey === undefined) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    const tell = (error: Error | null, holds: boolean): void =>
      error === null ? resolve(holds) : reject(error);
    if (key.algorithm === 'ed25519') verify(null, base, publicKey, signature, tell);
    else verify('sha256', base, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature, tell);
  });
}
