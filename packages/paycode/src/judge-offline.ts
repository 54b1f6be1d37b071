import { compareBytes } from './bytes.js';
import type { IssuerTrust } from './certificate.js';
import type { VerifyEd25519 } from './ed25519.js';
import { hotlistAge, isHotlisted, type Hotlist } from './hotlist.js';
import {
  freshnessOf,
  readSignedBytes,
  refuseSignedQr,
  type SignedQr,
  type SignedQrRefusal,
} from './signed-qr.js';

/** What a terminal without a network knows when it meets a signed QR. */
export type OfflineTerminal = {
  readonly trust: IssuerTrust;
  readonly hotlist: Hotlist;
  /** Its clock, unix seconds. */
  readonly now: number;
  /** The 187 bytes that it last accepted under this reference, if it did. */
  readonly accepted?: Uint8Array | undefined;
};

/** `hotlist_stale` and `hotlist_ahead` are the terminal's own fault: it sells nothing by itself. */
export type OfflineRefusal =
  | SignedQrRefusal
  | 'code_early'
  | 'code_expired'
  | 'hotlist_stale'
  | 'hotlist_ahead'
  | 'certificate_revoked'
  | 'code_used';

/** `again` is the sale that was accepted already, scanned once more: no new one. */
export type OfflineJudgement =
  | { readonly kind: 'genuine'; readonly limits: 'normal' | 'lower' }
  | { readonly kind: 'again' }
  | { readonly kind: 'refused'; readonly refusal: OfflineRefusal };

/** All that a terminal can say by itself about a signed QR, but whether the amount is within limits. */
export function judgeOffline(
  code: SignedQr,
  terminal: OfflineTerminal,
  verify: VerifyEd25519,
): OfflineJudgement {
  const { trust, hotlist, now, accepted } = terminal;
  if (accepted !== undefined && compareBytes(accepted, code.bytes) === 0) return { kind: 'again' };
  const forged = refuseSignedQr(code, trust, verify);
  if (forged !== undefined) return refused(forged);
  const freshness = freshnessOf(code.codeTime, now);
  if (freshness !== 'fresh') return refused(freshness);
  const age = hotlistAge(hotlist, now);
  if (age === 'stale' || age === 'ahead') return refused(`hotlist_${age}`);
  if (isHotlisted(hotlist, code.certificate.reference)) return refused('certificate_revoked');
  if (accepted !== undefined && code.counter <= counterOfLast(accepted))
    return refused('code_used');
  return { kind: 'genuine', limits: age === 'old' ? 'lower' : 'normal' };
}

/** A journal that cannot be read says nothing about what was used: then nothing is unused. */
function counterOfLast(accepted: Uint8Array): number {
  return readSignedBytes(accepted)?.counter ?? Infinity;
}

function refused(refusal: OfflineRefusal): OfflineJudgement {
  return { kind: 'refused', refusal };
}
