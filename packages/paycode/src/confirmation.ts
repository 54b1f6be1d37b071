import { ascii, concat, type HmacSha256 } from './bytes.js';
import { hkdf } from './hkdf.js';

/** What a phone says of a sale that waits for it. */
export type Confirmation = {
  readonly decision: 'confirm' | 'refuse';
  readonly paymentId: string;
  /** Fen. */
  readonly amount: number;
  readonly terminalId: string;
  /** As the service wrote it, for example `2026-11-22T04:01:00.000Z`. */
  readonly expiresAt: string;
};

/**
 * What a phone sends to prove that it, holding this seed, said so about this very sale: 32 bytes.
 * The fields stand in lines, so that no two sayings make one message.
 */
export function confirmationProof(
  seed: Uint8Array,
  { decision, paymentId, amount, terminalId, expiresAt }: Confirmation,
  hmac: HmacSha256,
): Uint8Array {
  const key = hkdf({ secret: seed, info: ascii('cpc1/confirm') }, hmac);
  const lines = [decision, paymentId, String(amount), terminalId, expiresAt].join('\n');
  return hmac(key, concat(ascii('cpc1/confirm\0'), ascii(lines)));
}
