import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 32;

/** Hex SHA-1 over the parts sorted as text and joined: the token, timestamp, nonce, and so on. */
export function pushSignature(...parts: string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/**
 * The platform's safe mode: AES-256-CBC under the 32 bytes of the 43-character key, IV its first
 * 16 bytes, PKCS#7 to blocks of 32 (not 16), over random16, the length as 4 bytes big-endian, the
 * message and the appid. Returns base64.
 */
export function encryptPush(
  key: { encodingAesKey: string; appid: string },
  message: string,
  random16: Buffer = randomBytes(16),
): string {
  const text = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([random16, length, text, Buffer.from(key.appid)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const aesKey = aesKeyOf(key.encodingAesKey);
  const cipher = createCipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16));
  cipher.setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(pad, pad)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** The message and the appid inside; throws when the padding is not the platform's. */
export function decryptPush(
  encodingAesKey: string,
  encrypted: string,
): { message: string; appid: string } {
  const aesKey = aesKeyOf(encodingAesKey);
  const decipher = createDecipheriv('aes-256-cbc', aesKey, aesKey.subarray(0, 16));
  decipher.setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK) throw new Error('the padding is not PKCS#7 with blocks of 32');
  const plain = padded.subarray(0, padded.length - pad);
  const end = 20 + plain.readUInt32BE(16);
  return {
    message: plain.subarray(20, end).toString('utf8'),
    appid: plain.subarray(end).toString('utf8'),
  };
}

function aesKeyOf(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}
