/** Seven digits at a time: every value between stays below 2^32, where shifts are exact and fast. */
const CHUNK_DIGITS = 7;
const CHUNK = 10 ** CHUNK_DIGITS;

/**
 * The bytes as one big-endian integer in decimal, with leading zeros to `digits`. By long division:
 * phones are not sure to have BigInt.
 * @throws {RangeError} when the number has more digits.
 */
export function toDecimal(bytes: Uint8Array, digits: number): string {
  const rest = Uint8Array.from(bytes);
  let text = '';
  while (text.length < digits) {
    text = String(divide(rest)).padStart(CHUNK_DIGITS, '0') + text;
  }
  const surplus = text.length - digits;
  if (rest.some((byte) => byte !== 0) || /[^0]/.test(text.slice(0, surplus))) {
    throw new RangeError(`The number has more than ${digits} digits.`);
  }
  return text.slice(surplus);
}

/** The integer that ASCII digits stand for, in `length` bytes; undefined when it needs more. */
export function fromDecimal(digits: string, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length);
  const lead = digits.length % CHUNK_DIGITS;
  let overflow = lead > 0 ? multiply(bytes, Number(digits.slice(0, lead))) : 0;
  for (let index = lead; index < digits.length && overflow === 0; index += CHUNK_DIGITS) {
    overflow = multiply(bytes, Number(digits.slice(index, index + CHUNK_DIGITS)));
  }
  return overflow === 0 ? bytes : undefined;
}

/** Divides by 10^7 in place and gives the remainder. */
function divide(bytes: Uint8Array): number {
  let remainder = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const value = remainder * 256 + (bytes[index] ?? 0);
    bytes[index] = (value / CHUNK) | 0;
    remainder = value % CHUNK;
  }
  return remainder;
}

/** Multiplies by 10^7 in place, adds `carry`, and gives what no longer fitted. */
function multiply(bytes: Uint8Array, carry: number): number {
  let rest = carry;
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    const value = (bytes[index] ?? 0) * CHUNK + rest;
    bytes[index] = value & 0xff;
    rest = value >>> 8;
  }
  return rest;
}
