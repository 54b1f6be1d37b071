import { parseDictionary, serializeByteSequence } from 'structured-headers';

/** `Content-Digest` of RFC 9530, with sha-256 and nothing else. `digest` is the 32 raw bytes. */
export function contentDigest(digest: Uint8Array): string {
  return `sha-256=${byteSequence(digest)}`;
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
  return serializeByteSequence(bytes as Uint8Array<ArrayBuffer>);
}
