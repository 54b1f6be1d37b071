import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { parseObject } from './lossless-json.js';

/** The padding of safe mode is PKCS#7 to blocks of 32, not of 16: Node's own unpadding refuses most of it. */
const padBlock = 32;
const randomBytes = 16;

export type PushKeys = {
  readonly token: string;
  /** The 43 characters of the platform's EncodingAESKey. */
  readonly aesKey: string;
  readonly appid: string;
};

/** What the platform adds to the address it calls. */
export type PushQuery = {
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly signature?: string;
  readonly msg_signature?: string;
};

/** Hex SHA-1 over the parts sorted as text and joined. */
export const pushSignature = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

/** True when the platform asks whether this address is ours: `signature` covers token, timestamp and nonce. */
export function isUrlCheck(keys: PushKeys, query: PushQuery): boolean {
  const { timestamp = '', nonce = '', signature = '' } = query;
  return sameText(pushSignature(keys.token, timestamp, nonce), signature);
}

/**
 * Opens a push in safe mode; only `msg_signature` counts, because `signature` does not cover the body.
 * @returns the message inside, or undefined when it is not the platform's word to this mini-program.
 */
export function openPush(keys: PushKeys, query: PushQuery, encrypted: string): string | undefined {
  const { timestamp = '', nonce = '', msg_signature: signature = '' } = query;
  const expected = pushSignature(keys.token, timestamp, nonce, encrypted);
  return sameText(expected, signature) ? decryptPush(keys, encrypted) : undefined;
}

/** The encrypted part of a body, which is JSON or XML as the mini-program's settings say. */
export function encryptedPart(body: string): string | undefined {
  const fromXml = /<Encrypt><!\[CDATA\[([A-Za-z0-9+/=]+)\]\]><\/Encrypt>/.exec(body)?.[1];
  if (fromXml !== undefined) return fromXml;
  const value = parseObject(body)?.['Encrypt'];
  return typeof value === 'string' ? value : undefined;
}

function decryptPush(keys: PushKeys, encrypted: string): string | undefined {
  const key = Buffer.from(`${keys.aesKey}=`, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
    decipher.setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
    const pad = padded.at(-1) ?? 0;
    if (pad < 1 || pad > padBlock) return undefined;
    const plain = padded.subarray(0, padded.length - pad);
    const start = randomBytes + 4;
    const end = start + plain.readUInt32BE(randomBytes);
    if (end > plain.length || plain.subarray(end).toString() !== keys.appid) return undefined;
    return plain.subarray(start, end).toString('utf8');
  } catch {
    return undefined;
  }
}

function sameText(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
