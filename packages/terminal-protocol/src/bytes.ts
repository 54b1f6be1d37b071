/** Byte helpers that work in Node and in a browser alike. Nothing here throws for bad input. */

const BASE64_URL = /^[A-Za-z0-9_-]*$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE_OF = new Map(ALPHABET.split('').map((letter, value) => [letter, value]));

/** One byte for each character; the caller has made sure that the text is ASCII. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Base64url of RFC 4648 section 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const rest = bytes.length - index;
    const group =
      ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const letters = [group >> 18, (group >> 12) & 63, (group >> 6) & 63, group & 63];
    text += letters
      .slice(0, rest === 1 ? 2 : rest === 2 ? 3 : 4)
      .map((value) => ALPHABET[value])
      .join('');
  }
  return text;
}

/** The bytes, or null unless the text is the one canonical base64url form of them. */
export function fromBase64Url(text: string): Uint8Array | null {
  if (!BASE64_URL.test(text) || text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0;
  let bits = 0;
  let length = 0;
  for (const letter of text) {
    held = ((held << 6) | (VALUE_OF.get(letter) ?? 0)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (held >> bits) & 0xff;
    length += 1;
  }
  const leftover = held & ((1 << bits) - 1);
  return leftover === 0 ? bytes : null;
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) {
    difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  }
  return difference === 0;
}
