import { NodeCryptoPlugin } from '@otplib/plugin-crypto-node';
import { generateSecret, generateURI, verifySync } from 'otplib';

const crypto = new NodeCryptoPlugin();

/** RFC 6238's defaults: what every authenticator app makes. One step of drift either way (RFC 6238, 5.2). */
const periodSeconds = 30;
const toleranceSeconds = 30;

/** A new secret in Base32: 160 bits, the length of RFC 4226, section 4. */
export const newOneTimeSecret = (): string => generateSecret({ crypto });

/** What an authenticator app reads from a QR code. */
export const oneTimeUri = (name: string, secret: string): string =>
  generateURI({ issuer: 'Campus Paycode', label: name, secret });

/** The step whose password this is, or undefined. Whether that step was used before is the caller's to judge. */
export function stepOfPassword(
  secret: string,
  password: string,
  unixSeconds: number,
): bigint | undefined {
  const result = verifySync({
    secret,
    token: password,
    epoch: unixSeconds,
    period: periodSeconds,
    epochTolerance: toleranceSeconds,
    crypto,
  });
  // otplib's declared result is that of HOTP and TOTP alike; only TOTP carries the step.
  return result.valid && 'timeStep' in result ? BigInt(result.timeStep) : undefined;
}
