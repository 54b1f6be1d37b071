import { createHmac } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { generateSync } from 'otplib';
import { hotpFrom, type HmacSha256, type Hotp } from '../src/index.js';

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
