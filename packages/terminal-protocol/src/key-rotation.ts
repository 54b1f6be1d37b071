import { asciiBytes } from './bytes.js';
import type { SignatureAlgorithm } from './algorithms.js';

/** What the proof of a new key is made over: it names the campus, the terminal and the key that speaks for it. */
export type NewKey = {
  readonly serviceName: string;
  readonly terminalId: string;
  /** The key that signs the request. */
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** Raw, in base64url. */
  readonly publicKey: string;
};

/** The bytes that the new key signs, so that the request is signed by both (R92). */
export function newKeyProof(key: NewKey): Uint8Array {
  const { serviceName, terminalId, keyId, algorithm, publicKey } = key;
  return asciiBytes(
    ['cpc1-new-key', serviceName, terminalId, keyId, algorithm, publicKey].join('\n'),
  );
}
