import { createHmac, timingSafeEqual } from 'node:crypto';

export type SignedText = {
  /** Unix seconds, as text. */
  readonly timestamp: string;
  /** The method of a request, the status of an answer. */
  readonly methodOrStatus: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly body: string;
};

/**
 * The bank's scheme: hex HMAC-SHA256 over timestamp, method or status, target and body, joined by
 * LF.
 */
export function bankSignature(secret: string, text: SignedText): string {
  return createHmac('sha256', secret)
    .update(`${text.timestamp}\n${text.methodOrStatus}\n${text.target}\n${text.body}`)
    .digest('hex');
}

export function isBankSignature(secret: string, text: SignedText, signature: string): boolean {
  const wanted = Buffer.from(bankSignature(secret, text));
  const given = Buffer.from(signature);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
