/** HMAC-SHA-256 of `message` under `key`: 32 bytes. The program brings its own; this package has none. */
export type HmacSha256 = (key: Uint8Array, message: Uint8Array) => Uint8Array;

/** Phones are not sure to have TextEncoder, and every label of the standard is ASCII. */
export function ascii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) throw new RangeError('A label is ASCII.');
    bytes[index] = unit;
  }
  return bytes;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Four bytes, big-endian. */
export function u32(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw new RangeError(`Not an unsigned 32-bit integer: ${value}.`);
  }
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

/** `length` bytes, one to four, big-endian. */
export function uint(value: number, length: number): Uint8Array {
  const whole = u32(value);
  if (value >= 256 ** length) throw new RangeError(`${value} does not fit in ${length} bytes.`);
  return whole.subarray(4 - length);
}

/** The big-endian integer of one to four bytes at `offset`. */
export function readUint(bytes: Uint8Array, offset: number, length: number): number {
  return bytes.subarray(offset, offset + length).reduce((value, byte) => value * 256 + byte, 0);
}

/** Below 0, 0 or above 0, as `a` sorts before, with or after `b`: by bytes, the shorter first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Eight bytes, big-endian, of an integer up to 2^53 - 1: without BigInt, which phones may lack. */
export function u64(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Not a counter: ${value}.`);
  }
  return concat(u32(Math.floor(value / 0x1_0000_0000)), u32(value % 0x1_0000_0000));
}

export function assertLength(bytes: Uint8Array, length: number, name: string): void {
  if (bytes.length !== length) {
    throw new RangeError(`${name} is ${length} bytes, not ${bytes.length}.`);
  }
}
