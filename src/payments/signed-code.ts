/** A signed code is read and judged in memory: by its form, the issuer's signature on it and the phone's. */
import {
  parseScan,
  refuseSignedQr,
  type IssuerTrust,
  type ParsedSignedQr,
  type SignedQrRefusal,
  type VerifyEd25519,
} from '@campus-paycode/paycode';
import { createHash, createPublicKey, verify } from 'node:crypto';

export type SignedCode = ParsedSignedQr;

/** Bytes that are no point verify nothing. */
const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) => {
  try {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
};

/** What a scanner gave, if it is a signed code of this campus by its form. */
export function readSignedCode(text: string, prefix: string): SignedCode | undefined {
  const parsed = parseScan(text, prefix);
  return parsed.ok && parsed.form === 'signed' ? parsed : undefined;
}

/** Why issuer or phone did not sign it, or not for its time; undefined when they did. */
export const refuseSignedCode = (
  code: SignedCode,
  trust: IssuerTrust,
): SignedQrRefusal | undefined => refuseSignedQr(code, trust, verifyEd25519);

/** What tells two codes under one counter apart. */
export const digestOf = ({ bytes }: Pick<SignedCode, 'bytes'>): Buffer =>
  createHash('sha256').update(bytes).digest();
