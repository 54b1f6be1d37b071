import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { type HmacSha256, type Hotp } from '@campus-paycode/paycode';
import { createHmac } from 'node:crypto';
import { generateSync } from 'otplib';

const crypto = new NodeCryptoPlugin();

/** HOTP of RFC 4226 with HMAC-SHA-256, by otplib on the platform's own HMAC. */
export const serviceHotp: Hotp = (secret, counter, digits) =>
  generateSync({ strategy: 'hotp', algorithm: 'sha256', secret, counter, digits, crypto });

export const serviceHmac: HmacSha256 = (key, message) =>
  createHmac('sha256', key).update(message).digest();
