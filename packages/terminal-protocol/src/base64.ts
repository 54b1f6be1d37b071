/**
 * Base64 as it stands in structured fields, the same in Node and in a browser. Each signed message has four of these, so
 * that they are written by hand: a general reader takes ten times as long.
 */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Twelve bits at a time: the two letters of each value. */
const PAIRS = Array.from(
  { length: 4096 },
  (_, value) => `${LETTERS[value >> 6] ?? ''}${LETTERS[value & 63] ?? ''}`,
);
const VALUES = new Uint8Array(128);
for (let value = 0; value < 64; value += 1) VALUES[LETTERS.charCodeAt(value)] = value;

/** Base64 of RFC 4648 section 4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3);
  let text = '';
  for (let index = 0; index < whole; index += 3) {
    const first = bytes[index] ?? 0;
    const second = bytes[index + 1] ?? 0;
    const third = bytes[index + 2] ?? 0;
    text += PAIRS[(first << 4) | (second >> 4)] ?? '';
    text += PAIRS[((second & 15) << 8) | third] ?? '';
  }
  if (whole === bytes.length) return text;
  const first = bytes[whole] ?? 0;
  const second = bytes[whole + 1] ?? 0;
  text += PAIRS[(first << 4) | (second >> 4)] ?? '';
  return text + (bytes.length - whole === 1 ? '==' : `${LETTERS[(second & 15) << 2] ?? ''}=`);
}

/** `length` bytes of the base64 that begins at `from`; the caller has found it well formed. */
export function fromSoundBase64(text: string, from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let held = 0;
  let bits = 0;
  for (let at = from, index = 0; index < length; at += 1) {
    held = ((held << 6) | (VALUES[text.charCodeAt(at)] ?? 0)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[index] = held >> bits;
    index += 1;
  }
  return bytes;
}
