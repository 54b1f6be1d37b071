import { isStrictPoint } from './ed25519.js';

/** One key of the issuer, and when its certificates may be used. Times are unix seconds. */
export type IssuerKey = {
  /** 0 to 255; a scheme never gives it to another key. */
  readonly id: number;
  /** The 32 raw bytes of an Ed25519 public key. */
  readonly publicKey: Uint8Array;
  readonly notBefore: number;
  /** The first second at which it is no longer good. */
  readonly notAfter: number;
};

/** The keys of one scheme by id, as the service tells its terminals: old, present and next. */
export type IssuerKeys = ReadonlyMap<number, IssuerKey>;

/** The most keys a set holds: two at a change, and room for keys that serve side by side. */
export const MOST_ISSUER_KEYS = 8;

/** @throws {RangeError} for an id twice, a window that is none, or a key that could be anybody's. */
export function issuerKeySet(keys: readonly IssuerKey[]): IssuerKeys {
  if (keys.length > MOST_ISSUER_KEYS) throw new RangeError('Too many issuer keys.');
  const set = new Map<number, IssuerKey>();
  for (const key of keys) {
    if (!Number.isInteger(key.id) || key.id < 0 || key.id > 255 || set.has(key.id)) {
      throw new RangeError(`Issuer key ${key.id} is there twice, or its id is not 0 to 255.`);
    }
    if (!isTime(key.notBefore) || !isTime(key.notAfter) || key.notBefore >= key.notAfter) {
      throw new RangeError(`Issuer key ${key.id} ends before it begins.`);
    }
    if (!isStrictPoint(key.publicKey)) throw new RangeError(`Issuer key ${key.id} is weak.`);
    set.set(key.id, key);
  }
  return set;
}

/** The key of that id, when it is good from `from` until `until`, the second being left out. */
export function issuerKeyFor(
  keys: IssuerKeys,
  id: number,
  from: number,
  until: number,
): IssuerKey | undefined {
  const key = keys.get(id);
  return key !== undefined && key.notBefore <= from && until <= key.notAfter ? key : undefined;
}

function isTime(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
