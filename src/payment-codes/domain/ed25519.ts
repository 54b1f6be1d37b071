import type { SignEd25519, VerifyEd25519 } from '@campus-paycode/paycode';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

/** Ed25519 of the platform, without the cofactor; bytes that are no point verify nothing. */
export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) => {
  try {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
};

/** Signs with a private key in PKCS #8. */
export const signWith = (pkcs8: Buffer): SignEd25519 => {
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return (message) => sign(null, message, key);
};

export function newEd25519(): { readonly publicKey: Buffer; readonly pkcs8: Buffer } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url'),
    pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}
