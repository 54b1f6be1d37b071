import { assertPrefixAllowed } from './prefix.js';
import { SIGNED_QR_DIGITS } from './signed-qr.js';

/**
 * Builds a function that masks the payment codes of a campus in a text, plain or in groups of four,
 * keeping the prefix. Longer numbers that merely contain such digits are left as they are. It does
 * without lookbehind, on which older phones fail to load a program.
 */
export function codeRedactor(prefix: string): (text: string) => string {
  assertPrefixAllowed(prefix);
  const plain = `[0-9]{18}`;
  const grouped = `[0-9]{2}(?: [0-9]{4}){4}`;
  const signed = `[0-9]{${SIGNED_QR_DIGITS - 2}}`;
  const pattern = new RegExp(`(^|[^0-9])${prefix}(?:${signed}|${plain}|${grouped})(?![0-9])`, 'g');
  return (text) => text.replace(pattern, `$1${prefix}…`);
}
