import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Hex HMAC-SHA256 over timestamp, method, target and body, each but the last followed by LF.
 * An answer is signed likewise, with its status in the place of the method.
 */
export function bankSignature(
  secret: string,
  timestamp: string,
  methodOrStatus: string,
  target: string,
  body: string,
): string {
  return createHmac('sha256', secret)
    .update(`${timestamp}\n${methodOrStatus}\n${target}\n${body}`)
    .digest('hex');
}

export type SignedCall = {
  method: string;
  target: string;
  headers: IncomingHttpHeaders;
  body: string;
};

export type Refusal = 'signature_missing' | 'signature_invalid' | 'clock_off';

/** Why the bank does not believe this request, or null. `times` are unix seconds it may be near. */
export function refuseSignature(
  call: SignedCall,
  key: { client: string; secret: string },
  times: readonly number[],
  toleranceSeconds: number,
): Refusal | null {
  const client = call.headers['x-bank-client'];
  const timestamp = call.headers['x-bank-timestamp'];
  const signature = call.headers['x-bank-signature'];
  if (
    typeof client !== 'string' ||
    typeof timestamp !== 'string' ||
    typeof signature !== 'string'
  ) {
    return 'signature_missing';
  }
  const wanted = bankSignature(key.secret, timestamp, call.method, call.target, call.body);
  if (client !== key.client || !sameText(signature, wanted)) return 'signature_invalid';
  const near = times.some((time) => Math.abs(Number(timestamp) - time) <= toleranceSeconds);
  return near ? null : 'clock_off';
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
