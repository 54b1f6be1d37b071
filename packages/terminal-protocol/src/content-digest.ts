import { parseDictionary } from 'structured-headers';
import { toBase64 } from './base64.js';

/** `Content-Digest` of RFC 9530, with sha-256 and nothing else. `digest` is the 32 raw bytes. */
export function contentDigest(digest: Uint8Array): string {
  return `sha-256=${byteSequence(digest)}`;
}

/** What is wrong with a `Content-Digest` of a body that has this digest, or null. */
export function judgeDigest(value: string, digest: Uint8Array): string | null {
  // There is one way to write a digest, so that a right one needs no reading.
  if (value === contentDigest(digest)) return null;
  return parseContentDigest(value) === null
    ? 'Content-Digest must be one sha-256'
    : 'Content-Digest does not match the body';
}

/** The 32 bytes of a `Content-Digest`, or null unless it is exactly one canonical sha-256. */
export function parseContentDigest(value: string): Uint8Array | null {
  try {
    const member = parseDictionary(value).get('sha-256')?.[0];
    if (!(member instanceof ArrayBuffer) || member.byteLength !== 32) return null;
    const digest = new Uint8Array(member);
    return contentDigest(digest) === value ? digest : null;
  } catch {
    return null;
  }
}

/** Bytes as a structured field (RFC 9651, 4.1.8): base64 between colons. */
export function byteSequence(bytes: Uint8Array): string {
  return `:${toBase64(bytes)}:`;
}
