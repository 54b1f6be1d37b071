import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import {
  fromBase64Url,
  isPublicKeyFor,
  publicKeyToJwk,
  type ServiceKey,
  type SignatureAlgorithm,
} from '@campus-paycode/terminal-protocol';

/** Node's own cryptography behind the protocol's signatures. */

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** A terminal's private key. `publicKey` is raw, as the protocol sends it. */
export type TerminalKey = {
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
  /** PKCS #8 PEM, for the key file. */
  toPem(): string;
};

/** A key of the service, ready to verify with. */
export type AnswerKey = {
  readonly algorithm: SignatureAlgorithm;
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
};

export function generateTerminalKey(algorithm: SignatureAlgorithm): TerminalKey {
  const { privateKey } =
    algorithm === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return terminalKey(algorithm, privateKey);
}

export function terminalKeyFromPem(algorithm: SignatureAlgorithm, pem: string): TerminalKey {
  return terminalKey(algorithm, createPrivateKey(pem));
}

function terminalKey(algorithm: SignatureAlgorithm, key: KeyObject): TerminalKey {
  const hash = hashFor(algorithm);
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  // Both kinds of SubjectPublicKeyInfo end in the raw key.
  const publicKey = new Uint8Array(der.subarray(algorithm === 'ed25519' ? -32 : -65));
  return {
    algorithm,
    publicKey,
    sign: (bytes) => sign(hash, bytes, { key, dsaEncoding: 'ieee-p1363' }),
    toPem: () => key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Null when the key is not one, e.g. a point off the curve. */
export function answerKey({ algorithm, publicKey }: ServiceKey): AnswerKey | null {
  const raw = fromBase64Url(publicKey);
  if (raw === null || !isPublicKeyFor(algorithm, raw)) return null;
  try {
    const key = createPublicKey({ key: publicKeyToJwk(algorithm, raw), format: 'jwk' });
    const hash = hashFor(algorithm);
    return {
      algorithm,
      verify: (bytes, signature) =>
        verify(hash, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature),
    };
  } catch {
    return null;
  }
}

function hashFor(algorithm: SignatureAlgorithm): 'sha256' | null {
  return algorithm === 'ed25519' ? null : 'sha256';
}

/** Ed25519 for the checks of packages/paycode: false for 32 bytes that are no point. */
export function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const jwk = publicKeyToJwk('ed25519', publicKey);
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  } catch {
    return false;
  }
}
