import { assertLength, u64, type HmacSha256 } from './bytes.js';

/**
 * HOTP of RFC 4226 with HMAC-SHA-256: `digits` decimal digits for `counter`, leading zeros kept.
 * The key is raw bytes. The service passes its library's, the phone `hotpFrom`.
 */
export type Hotp = (key: Uint8Array, counter: number, digits: number) => string;

/** Ten digits would promise more than the 31 bits the truncation leaves. */
const MOST_DIGITS = 9;

/** Builds HOTP on an HMAC, by the dynamic truncation of RFC 4226 section 5.3. */
export function hotpFrom(hmac: HmacSha256): Hotp {
  return (key, counter, digits) => {
    if (!Number.isInteger(digits) || digits < 6 || digits > MOST_DIGITS) {
      throw new RangeError(`HOTP gives 6 to ${MOST_DIGITS} digits, not ${digits}.`);
    }
    const mac = hmac(key, u64(counter));
    assertLength(mac, 32, 'An HMAC-SHA-256');
    return String(truncate(mac) % 10 ** digits).padStart(digits, '0');
  };
}

/** The offset is the low nibble of the last byte: byte 31 here, byte 19 in RFC 4226's SHA-1. */
function truncate(mac: Uint8Array): number {
  const offset = (mac[31] ?? 0) & 0x0f;
  const [a = 0, b = 0, c = 0, d = 0] = mac.subarray(offset, offset + 4);
  return (a & 0x7f) * 0x1000000 + b * 0x10000 + c * 0x100 + d;
}
