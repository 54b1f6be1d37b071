import { ascii, assertLength, concat, readUint, uint } from './bytes.js';
import {
  isStrictPoint,
  PUBLIC_KEY_LENGTH,
  SIGNATURE_LENGTH,
  verifyStrictly,
  type SignEd25519,
  type VerifyEd25519,
} from './ed25519.js';
import { issuerKeyFor, type IssuerKeys } from './issuer-keys.js';

/** Names the layout and the algorithms; 0x80 or above, so that every version has its fixed length. */
export const SIGNED_QR_VERSION = 0xc1;
export const CERTIFICATE_LENGTH = 116;
export const REFERENCE_LENGTH = 8;

const BODY_LENGTH = CERTIFICATE_LENGTH - SIGNATURE_LENGTH;

/** What a certificate permits beyond paying; bits that a reader does not know permit nothing. */
export const CERTIFICATE_FLAGS = { gates: 1, staff: 2 } as const;

export type CertificateBody = {
  /** Which key of the issuer signs it: 0 to 255. */
  readonly issuerKeyId: number;
  /** The campus: 0 to 65535. */
  readonly scheme: number;
  /** 8 random bytes that stand for this certificate and, towards terminals, for nobody. */
  readonly reference: Uint8Array;
  /** The phone's Ed25519 public key, of this certificate alone. */
  readonly deviceKey: Uint8Array;
  /** Unix seconds. */
  readonly notBefore: number;
  readonly validityMinutes: number;
  /** The line of the terminal's table of limits: 0 to 255. */
  readonly limitClass: number;
  /** Bits of `CERTIFICATE_FLAGS`. */
  readonly flags: number;
};

export type Certificate = CertificateBody & {
  /** All 116 bytes, signature included. */
  readonly bytes: Uint8Array;
  /** The first unix second at which it is no longer good. */
  readonly notAfter: number;
};

/** What a terminal or a service holds to judge certificates by. */
export type IssuerTrust = { readonly scheme: number; readonly issuerKeys: IssuerKeys };

/** `wrong_scheme` is another campus's, `issuer_unknown` a key that is not, or not then, the issuer's. */
export type CertificateRefusal = 'wrong_scheme' | 'issuer_unknown' | 'certificate_forged';

/**
 * The issuer's 116 bytes. Ask for the proof of `device-key.ts` first.
 * @throws {RangeError} when a field does not fit, or the key is one that signs for everybody.
 */
export function makeCertificate(body: CertificateBody, sign: SignEd25519): Uint8Array {
  assertLength(body.reference, REFERENCE_LENGTH, 'A reference');
  assertLength(body.deviceKey, PUBLIC_KEY_LENGTH, 'A public key');
  if (!isStrictPoint(body.deviceKey)) throw new RangeError('The device key is weak.');
  if (body.validityMinutes < 1) throw new RangeError('A certificate lasts a minute at least.');
  const unsigned = concat(
    Uint8Array.of(SIGNED_QR_VERSION),
    uint(body.issuerKeyId, 1),
    uint(body.scheme, 2),
    body.reference,
    body.deviceKey,
    uint(body.notBefore, 4),
    uint(body.validityMinutes, 2),
    uint(body.limitClass, 1),
    uint(body.flags, 1),
  );
  const signature = sign(messageOf(unsigned));
  assertLength(signature, SIGNATURE_LENGTH, 'A signature');
  return concat(unsigned, signature);
}

/** The fields of 116 bytes; undefined for another length or version. It judges no signature. */
export function readCertificate(bytes: Uint8Array): Certificate | undefined {
  if (bytes.length !== CERTIFICATE_LENGTH || bytes[0] !== SIGNED_QR_VERSION) return undefined;
  const notBefore = readUint(bytes, 44, 4);
  const validityMinutes = readUint(bytes, 48, 2);
  return {
    bytes,
    issuerKeyId: readUint(bytes, 1, 1),
    scheme: readUint(bytes, 2, 2),
    reference: bytes.slice(4, 12),
    deviceKey: bytes.slice(12, 44),
    notBefore,
    validityMinutes,
    notAfter: notBefore + validityMinutes * 60,
    limitClass: readUint(bytes, 50, 1),
    flags: readUint(bytes, 51, 1),
  };
}

/** Why a certificate is not the issuer's; undefined when it is. Whether it is time is another question. */
export function refuseCertificate(
  certificate: Certificate,
  trust: IssuerTrust,
  verify: VerifyEd25519,
): CertificateRefusal | undefined {
  const { bytes, issuerKeyId, notBefore, notAfter } = certificate;
  if (certificate.scheme !== trust.scheme) return 'wrong_scheme';
  const issuer = issuerKeyFor(trust.issuerKeys, issuerKeyId, notBefore, notAfter);
  if (issuer === undefined) return 'issuer_unknown';
  const message = messageOf(bytes.subarray(0, BODY_LENGTH));
  const signature = bytes.subarray(BODY_LENGTH);
  const { publicKey } = issuer;
  return verifyStrictly({ publicKey, message, signature }, verify)
    ? undefined
    : 'certificate_forged';
}

/** The certificate a phone uses now: the one whose window `now`, in unix seconds, lies in. */
export function certificateAt(
  certificates: readonly Certificate[],
  now: number,
): Certificate | undefined {
  return certificates.find(({ notBefore, notAfter }) => notBefore <= now && now < notAfter);
}

function messageOf(unsigned: Uint8Array): Uint8Array {
  return concat(ascii('cpc1/cert\0'), unsigned);
}
