import { compareBytes, concat, u32, uint } from './bytes.js';
import { REFERENCE_LENGTH, type IssuerTrust } from './certificate.js';
import {
  HOTLIST_FORMAT,
  hotlistMessage,
  isRising,
  MOST_HOTLISTED,
  readHotlistUpdate,
} from './hotlist-update.js';
import {
  SIGNATURE_LENGTH,
  verifyStrictly,
  type SignEd25519,
  type VerifyEd25519,
} from './ed25519.js';
import { issuerKeyFor } from './issuer-keys.js';

/** The certificates that a terminal without a network refuses, as of one moment. */
export type Hotlist = {
  /** Rises with every list that the issuer makes; 0 is the empty list before the first. */
  readonly number: number;
  /** Unix seconds of the issuer's clock: its age counts from here, not from when it arrived. */
  readonly madeAt: number;
  /** 8 bytes each, rising. */
  readonly references: readonly Uint8Array[];
};

export const EMPTY_HOTLIST: Hotlist = { number: 0, madeAt: 0, references: [] };

export type HotlistInput = Hotlist & {
  readonly issuerKeyId: number;
  readonly scheme: number;
  /** The list that the reader has; the empty one for a reader that has none. */
  readonly before: Hotlist;
};

/**
 * `outdated` is no newer than what is there: keep that. `gap` is made for another list than the one
 * there, and `inconsistent` does not fit it: fetch the whole list.
 */
export type HotlistRefusal =
  | 'malformed'
  | 'wrong_scheme'
  | 'issuer_unknown'
  | 'hotlist_forged'
  | 'outdated'
  | 'gap'
  | 'inconsistent';

export type HotlistAnswer =
  | { readonly ok: true; readonly hotlist: Hotlist }
  | { readonly ok: false; readonly refusal: HotlistRefusal };

/** How old a list is: normal limits, the lower ones, or no sale without a network at all. */
export type HotlistAge = 'fresh' | 'old' | 'stale' | 'ahead';

const FRESH_SECONDS = 24 * 3600;
const USABLE_SECONDS = 72 * 3600;
/** Seconds that a terminal's clock may be behind the issuer's. */
const CLOCK_SECONDS = 60;

/** What the issuer signs for readers who have `before`: what came, what went. */
export function makeHotlist(input: HotlistInput, sign: SignEd25519): Uint8Array {
  const { before, number } = input;
  if (number <= before.number) throw new RangeError('A hotlist has a higher number than before.');
  const references = [...input.references].sort(compareBytes);
  if (references.length > MOST_HOTLISTED) throw new RangeError('The hotlist is full.');
  if (!isRising(references) || references.some((each) => each.length !== REFERENCE_LENGTH)) {
    throw new RangeError('A hotlist names each certificate once, by its 8 bytes.');
  }
  const added = references.filter((each) => !hasReference(before.references, each));
  const removed = before.references.filter((each) => !hasReference(references, each));
  const unsigned = concat(
    Uint8Array.of(HOTLIST_FORMAT),
    uint(input.issuerKeyId, 1),
    uint(input.scheme, 2),
    u32(number),
    u32(before.number),
    u32(input.madeAt),
    u32(references.length),
    u32(added.length),
    u32(removed.length),
    ...added,
    ...removed,
  );
  return concat(unsigned, sign(hotlistMessage(unsigned)));
}

/** The list after an update, or why the update is not taken; `current` then stays what it was. */
export function applyHotlist(
  current: Hotlist,
  bytes: Uint8Array,
  trust: IssuerTrust,
  verify: VerifyEd25519,
): HotlistAnswer {
  const update = readHotlistUpdate(bytes);
  if (update === undefined) return refused('malformed');
  if (update.scheme !== trust.scheme) return refused('wrong_scheme');
  const { number, base, madeAt, issuerKeyId } = update;
  const issuer = issuerKeyFor(trust.issuerKeys, issuerKeyId, madeAt, madeAt + 1);
  if (issuer === undefined) return refused('issuer_unknown');
  const end = bytes.length - SIGNATURE_LENGTH;
  const message = hotlistMessage(bytes.subarray(0, end));
  const signed = { publicKey: issuer.publicKey, message, signature: bytes.subarray(end) };
  if (!verifyStrictly(signed, verify)) return refused('hotlist_forged');
  if (number <= current.number) return refused('outdated');
  if (base !== 0 && base !== current.number) return refused('gap');
  const references = merge(base === 0 ? [] : current.references, update.added, update.removed);
  if (references?.length !== update.total) return refused('inconsistent');
  return { ok: true, hotlist: { number, madeAt, references } };
}

export function isHotlisted(hotlist: Hotlist, reference: Uint8Array): boolean {
  return hasReference(hotlist.references, reference);
}

/** `fresh` up to 24 hours, `old` up to 72, then `stale`; `ahead` when the reader's clock is behind it. */
export function hotlistAge(hotlist: Hotlist, now: number): HotlistAge {
  const age = now - hotlist.madeAt;
  if (age < -CLOCK_SECONDS) return 'ahead';
  if (age <= FRESH_SECONDS) return 'fresh';
  return age <= USABLE_SECONDS ? 'old' : 'stale';
}

/** Undefined when something is added that is there, or removed that is not. */
function merge(
  before: readonly Uint8Array[],
  added: readonly Uint8Array[],
  removed: readonly Uint8Array[],
): Uint8Array[] | undefined {
  if (added.some((each) => hasReference(before, each))) return undefined;
  if (removed.some((each) => !hasReference(before, each))) return undefined;
  const kept = before.filter((each) => !hasReference(removed, each));
  return [...kept, ...added].sort(compareBytes);
}

function hasReference(sorted: readonly Uint8Array[], reference: Uint8Array): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle];
    if (found === undefined) return false;
    const order = compareBytes(found, reference);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

function refused(refusal: HotlistRefusal): HotlistAnswer {
  return { ok: false, refusal };
}
