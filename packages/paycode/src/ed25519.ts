/**
 * Ed25519 of the program's library: whether `signature` is that of `message` under `publicKey`. It
 * answers false, and never throws, for 32 bytes that are no point.
 */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;

/** Signs with one private key, which the program keeps: 64 bytes. */
export type SignEd25519 = (message: Uint8Array) => Uint8Array;

export const PUBLIC_KEY_LENGTH = 32;
export const SIGNATURE_LENGTH = 64;

/** The prime 2^255 - 19 of the coordinates, little-endian (RFC 8032 section 5.1). */
const FIELD = little('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed');
/** L, the order of the base point, little-endian. */
const ORDER = little('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed');

/** The y of all eight points of small order; each is there with either sign of x. */
const SMALL_ORDER = [
  little('0000000000000000000000000000000000000000000000000000000000000000'),
  little('0000000000000000000000000000000000000000000000000000000000000001'),
  little('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec'),
  little('05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'),
  little('7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'),
];

/**
 * Whether 32 bytes are fit to be A or R of a signature, as far as bytes tell: y is below 2^255 - 19,
 * and the point is not one of the eight of small order. Under a key of small order one signature
 * passes for every message. That the bytes are a point at all is for the library to find.
 */
export function isStrictPoint(bytes: Uint8Array): boolean {
  if (bytes.length !== PUBLIC_KEY_LENGTH) return false;
  // A copy: `slice` of Node's Buffer is a view, and a key must not lose its highest bit here.
  const y = Uint8Array.from(bytes);
  y[31] = (y[31] ?? 0) & 0x7f;
  return isBelow(y, FIELD) && !SMALL_ORDER.some((small) => small.every((b, i) => b === y[i]));
}

/**
 * Ed25519 as the standard has it, around a library that checks the equation without the cofactor:
 * S below L, and A and R canonical and not of small order. Libraries differ in just these.
 */
export function verifyStrictly(
  signed: {
    readonly publicKey: Uint8Array;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
  },
  verify: VerifyEd25519,
): boolean {
  const { publicKey, message, signature } = signed;
  if (signature.length !== SIGNATURE_LENGTH) return false;
  if (!isStrictPoint(publicKey) || !isStrictPoint(signature.subarray(0, 32))) return false;
  return isBelow(signature.subarray(32), ORDER) && verify(publicKey, message, signature);
}

/** Compares two little-endian integers of the same length. */
function isBelow(value: Uint8Array, limit: Uint8Array): boolean {
  for (let index = limit.length - 1; index >= 0; index -= 1) {
    const difference = (value[index] ?? 0) - (limit[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Reads a number as people write it, the greatest digit first, into little-endian bytes. */
function little(hex: string): Uint8Array {
  const pairs = hex.match(/../g) ?? [];
  return Uint8Array.from(pairs.reverse(), (pair) => Number.parseInt(pair, 16));
}
