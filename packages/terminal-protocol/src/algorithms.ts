import { toBase64Url } from './bytes.js';

/**
 * Signature algorithms by their name in the HTTP Signature Algorithms registry (RFC 9421, 6.2).
 * A third one is a new line here and a new branch in the two ends' crypto adapters.
 */
export const signatureAlgorithms = {
  /** RFC 8032. Public key: the 32 raw bytes. */
  ed25519: { publicKeyBytes: 32, signatureBytes: 64 },
  /** FIPS 186-5 over P-256 with SHA-256. Key: 04 ‖ x ‖ y; signature: r ‖ s, never DER. */
  'ecdsa-p256-sha256': { publicKeyBytes: 65, signatureBytes: 64 },
} as const;

export type SignatureAlgorithm = keyof typeof signatureAlgorithms;

export function isSignatureAlgorithm(name: unknown): name is SignatureAlgorithm {
  return typeof name === 'string' && Object.hasOwn(signatureAlgorithms, name);
}

/** Judges size and form only; whether the point is on the curve is for the crypto adapter. */
export function isPublicKeyFor(algorithm: SignatureAlgorithm, publicKey: Uint8Array): boolean {
  if (publicKey.length !== signatureAlgorithms[algorithm].publicKeyBytes) return false;
  return algorithm !== 'ecdsa-p256-sha256' || publicKey[0] === 4;
}

export type Jwk = { kty: string; crv: string; x: string; y?: string };

/** The public key as a JSON Web Key, which node:crypto and WebCrypto both import. */
export function publicKeyToJwk(algorithm: SignatureAlgorithm, publicKey: Uint8Array): Jwk {
  if (algorithm === 'ed25519') return { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey) };
  return {
    kty: 'EC',
    crv: 'P-256',
    x: toBase64Url(publicKey.subarray(1, 33)),
    y: toBase64Url(publicKey.subarray(33, 65)),
  };
}
