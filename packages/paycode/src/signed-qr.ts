import { ascii, assertLength, concat, readUint, uint } from './bytes.js';
import {
  CERTIFICATE_LENGTH,
  readCertificate,
  refuseCertificate,
  type Certificate,
  type CertificateRefusal,
  type IssuerTrust,
} from './certificate.js';
import { fromDecimal, toDecimal } from './decimal.js';
import {
  SIGNATURE_LENGTH,
  verifyStrictly,
  type SignEd25519,
  type VerifyEd25519,
} from './ed25519.js';
import { assertPrefixAllowed, DEFAULT_PREFIX } from './prefix.js';

export const SIGNED_QR_LENGTH = 187;
/** Prefix and decimal number: any 187 bytes whose first is 0x80 or above are a number of 451 digits. */
export const SIGNED_QR_DIGITS = 453;
/** A phone makes a new signed QR when the last is that old. */
export const SIGNED_QR_SECONDS = 30;
/** How far the code's time and the terminal's may be apart. */
export const FRESH_SECONDS = 60;
export const MOST_SIGNED_COUNTER = 0xff_ffff;

const UNSIGNED_LENGTH = SIGNED_QR_LENGTH - SIGNATURE_LENGTH;

export type SignedQrInput = {
  /** The 116 bytes from the issuer. */
  readonly certificate: Uint8Array;
  /** Unix seconds on the phone, corrected. */
  readonly codeTime: number;
  /** Above every counter that was used with this certificate: 0 to 16777215. */
  readonly counter: number;
  /** Two digits; 97 when left out. */
  readonly prefix?: string;
};

export type SignedQr = {
  /** All 187 bytes: what a journal keeps. */
  readonly bytes: Uint8Array;
  readonly certificate: Certificate;
  readonly codeTime: number;
  readonly counter: number;
};

/** `code_forged` is not signed by the phone that was certified, or not this. */
export type SignedQrRefusal =
  CertificateRefusal | 'certificate_early' | 'certificate_expired' | 'code_forged';

/** The 453 digits a phone draws. `sign` is with the private half of the certificate's key. */
export function makeSignedQr(input: SignedQrInput, sign: SignEd25519): string {
  const { certificate, codeTime, counter, prefix = DEFAULT_PREFIX } = input;
  assertPrefixAllowed(prefix);
  if (readCertificate(certificate) === undefined) throw new RangeError('That is no certificate.');
  const unsigned = concat(certificate, uint(codeTime, 4), uint(counter, 3));
  const signature = sign(messageOf(unsigned));
  assertLength(signature, SIGNATURE_LENGTH, 'A signature');
  return prefix + toDecimal(concat(unsigned, signature), SIGNED_QR_DIGITS - prefix.length);
}

/** Reads 453 ASCII digits, prefix included; undefined when they are no signed QR. Signatures are not looked at. */
export function readSignedQr(digits: string): SignedQr | undefined {
  if (digits.length !== SIGNED_QR_DIGITS) return undefined;
  const bytes = fromDecimal(digits.slice(2), SIGNED_QR_LENGTH);
  return bytes && readSignedBytes(bytes);
}

/** The same from the 187 bytes, as a journal brings them. */
export function readSignedBytes(bytes: Uint8Array): SignedQr | undefined {
  if (bytes.length !== SIGNED_QR_LENGTH) return undefined;
  const certificate = readCertificate(bytes.slice(0, CERTIFICATE_LENGTH));
  if (certificate === undefined) return undefined;
  return {
    bytes,
    certificate,
    codeTime: readUint(bytes, 116, 4),
    counter: readUint(bytes, 120, 3),
  };
}

/**
 * Why a signed QR is not genuine, whatever the time; undefined when it is. The order is the
 * standard's, so that every reader gives the same reason.
 */
export function refuseSignedQr(
  code: SignedQr,
  trust: IssuerTrust,
  verify: VerifyEd25519,
): SignedQrRefusal | undefined {
  const { bytes, certificate, codeTime } = code;
  const refusal = refuseCertificate(certificate, trust, verify);
  if (refusal !== undefined) return refusal;
  if (codeTime < certificate.notBefore) return 'certificate_early';
  if (codeTime >= certificate.notAfter) return 'certificate_expired';
  const message = messageOf(bytes.subarray(0, UNSIGNED_LENGTH));
  const signature = bytes.subarray(UNSIGNED_LENGTH);
  const { deviceKey: publicKey } = certificate;
  return verifyStrictly({ publicKey, message, signature }, verify) ? undefined : 'code_forged';
}

/** Whether a code was made now, by the reader's clock in unix seconds: not more than a minute apart. */
export function freshnessOf(
  codeTime: number,
  now: number,
): 'fresh' | 'code_early' | 'code_expired' {
  if (codeTime - now > FRESH_SECONDS) return 'code_early';
  return now - codeTime > FRESH_SECONDS ? 'code_expired' : 'fresh';
}

/** Whether a phone is due to make another, by its corrected clock; a clock that went back makes it so. */
export function isSignedQrDue(now: number, codeTime: number): boolean {
  return now >= codeTime + SIGNED_QR_SECONDS || Math.floor(now) < codeTime;
}

function messageOf(unsigned: Uint8Array): Uint8Array {
  return concat(ascii('cpc1/offline\0'), unsigned);
}
