import { createHmac, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { generateSync } from 'otplib';
import nacl from 'tweetnacl';
import {
  hotpFrom,
  type HmacSha256,
  type Hotp,
  type SignEd25519,
  type VerifyEd25519,
} from '../src/index.js';

/** What a phone uses. */
export const nobleHmac: HmacSha256 = (key, message) => hmac(sha256, key, message);

export const nodeHmac: HmacSha256 = (key, message) =>
  new Uint8Array(createHmac('sha256', key).update(message).digest());

const crypto = new NodeCryptoPlugin();

/** What the service uses. */
export const otplibHotp: Hotp = (secret, counter, digits) =>
  generateSync({ strategy: 'hotp', algorithm: 'sha256', secret, counter, digits, crypto });

/** RFC 4226 once more, written apart from the package, with the BigInt a server has. */
export const plainHotp: Hotp = (key, counter, digits) => {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac('sha256', key).update(message).digest();
  const truncated = mac.readUInt32BE(mac.readUInt8(31) & 15) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
};

export const hotps: readonly (readonly [string, Hotp])[] = [
  ['the phone', hotpFrom(nobleHmac)],
  ['node:crypto', hotpFrom(nodeHmac)],
  ['otplib', otplibHotp],
  ['a plain reading of RFC 4226', plainHotp],
];

/** What a service or a terminal with Node uses. */
export const nodeVerify: VerifyEd25519 = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
};

/** What a browser uses. It takes S + L for S. */
export const naclVerify: VerifyEd25519 = (publicKey, message, signature) =>
  nacl.sign.detached.verify(message, signature, publicKey);

export const nodeSigner = (seed: Uint8Array): SignEd25519 => {
  const start = Buffer.from('302e020100300506032b657004220420', 'hex');
  const der = Buffer.concat([start, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return (message) => new Uint8Array(sign(null, message, key));
};

export const naclSigner = (seed: Uint8Array): SignEd25519 => {
  const { secretKey } = nacl.sign.keyPair.fromSeed(seed);
  return (message) => nacl.sign.detached(message, secretKey);
};

export const ed25519s = [
  ['node:crypto', nodeVerify, nodeSigner],
  ['tweetnacl', naclVerify, naclSigner],
] as const;
