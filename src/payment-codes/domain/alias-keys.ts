import { ALIAS_DIGITS } from '@campus-paycode/paycode';
import {
  macPrepared,
  preparedWords,
  prepareKey,
  prepareMac,
  truncatePrepared,
} from './prepared-hmac.js';
import { openSeedUnder } from './seal-seed.js';

/** Seeds as they rest, each with the place that its keys get. All lists are of one length. */
export type NewSeeds = {
  readonly slots: Uint32Array;
  readonly cards: BigInt64Array;
  /** Seconds that an alias lives. */
  readonly periods: Uint16Array;
  /** One after the other, `sealedBytes` each. */
  readonly sealed: Uint8Array;
  /** Which of `wrappingKeys` sealed it. */
  readonly wrappedBy: Uint16Array;
  readonly wrappingKeys: readonly Uint8Array[];
  /** Epochs whose tables are built already, or being built: the newcomers' places there are told one by one. */
  readonly epochs: readonly { readonly aliasSeconds: number; readonly epoch: number }[];
};

export type OpenedSeeds = {
  /** K_otp of each, 32 bytes; zeros where the seed could not be opened. */
  readonly otpKeys: Uint8Array;
  /** 1 where the seed could be opened. */
  readonly isOpen: Uint8Array;
  /** For each of the epochs asked for: the places, in no order. */
  readonly places: readonly Float64Array[];
};

/** Slots that fit beside nine digits into an exact number. */
export const mostSlots = 2 ** 23;

/** Where a slot stands in an epoch: by alias first. A sorted list of these is a table. */
export const placeOf = (alias: number, slot: number): number => alias * mostSlots + slot;

export const readPlace = (place: number): { alias: number; slot: number } => ({
  alias: Math.floor(place / mostSlots),
  slot: place % mostSlots,
});

const otpBytes = 32;
const sliceOfSlots = 1_000;
const aliasModulus = 10 ** ALIAS_DIGITS;
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
/** The one block of HKDF's expansion ends with its number. */
const aliasInfo = Uint8Array.of(...ascii('cpc1/alias'), 1);
const otpInfo = Uint8Array.of(...ascii('cpc1/otp'), 1);

/**
 * What an index is built from: K_alias of every seed, prepared, in one buffer. Seeds are opened here, both keys are
 * derived, and K_otp is handed out and forgotten.
 */
export class AliasKeys {
  private states = new Int32Array(0);
  /** Of each slot; 0 where there is nobody. */
  private periods = new Uint16Array(0);
  private readonly extract = new Int32Array(preparedWords);
  private readonly random = new Int32Array(preparedWords);

  constructor() {
    // HKDF without a salt: 32 zero bytes, RFC 5869 section 2.2.
    prepareKey(new Uint8Array(32), this.extract);
  }

  put(seeds: NewSeeds): OpenedSeeds {
    const { slots, periods, epochs } = seeds;
    this.growTo(slots.reduce((most, slot) => Math.max(most, slot + 1), 0));
    const otpKeys = new Uint8Array(slots.length * otpBytes);
    const isOpen = new Uint8Array(slots.length);
    for (const [at, slot] of slots.entries()) {
      if (!this.take(seeds, at, slot, otpKeys)) continue;
      this.periods[slot] = periods[at] ?? 0;
      isOpen[at] = 1;
    }
    const places = epochs.map(({ aliasSeconds, epoch }) =>
      Float64Array.from(
        slots.filter((slot) => this.periods[slot] === aliasSeconds),
        (slot) => this.placeIn(epoch, slot),
      ),
    );
    return { otpKeys, isOpen, places };
  }

  drop(slots: Uint32Array): void {
    for (const slot of slots) {
      this.periods[slot] = 0;
      this.states.fill(0, slot * preparedWords, (slot + 1) * preparedWords);
    }
  }

  /** All places of an epoch, sorted. Stops after every slice, so that newcomers need not wait for a whole campus. */
  *build(aliasSeconds: number, epoch: number): Generator<undefined, Float64Array> {
    const places = new Float64Array(this.periods.filter((own) => own === aliasSeconds).length);
    let count = 0;
    for (let slot = 0; slot < this.periods.length && count < places.length; slot += 1) {
      if (slot % sliceOfSlots === sliceOfSlots - 1) yield;
      if (this.periods[slot] === aliasSeconds) places[count++] = this.placeIn(epoch, slot);
    }
    // Whoever left meanwhile makes it shorter; whoever came is told by `put`.
    return places.slice(0, count).sort();
  }

  private take(seeds: NewSeeds, at: number, slot: number, otpKeys: Uint8Array): boolean {
    const { cards, sealed, wrappedBy, wrappingKeys } = seeds;
    const wrappingKey = wrappingKeys[wrappedBy[at] ?? 0];
    const size = sealed.length / cards.length;
    if (wrappingKey === undefined) return false;
    try {
      const own = sealed.subarray(at * size, (at + 1) * size);
      const seed = openSeedUnder(wrappingKey, cards[at] ?? 0n, own);
      this.derive(seed, slot, otpKeys.subarray(at * otpBytes, (at + 1) * otpBytes));
      seed.fill(0);
      return true;
    } catch {
      // Another key's, another card's, or tampered with: whose phone it is makes no codes that count.
      return false;
    }
  }

  /** HKDF as `deriveKeys` has it. */
  private derive(seed: Uint8Array, slot: number, otpKey: Uint8Array): void {
    const { random, states } = this;
    prepareMac(macPrepared(this.extract, 0, seed), random);
    prepareMac(macPrepared(random, 0, aliasInfo), states, slot * preparedWords);
    const view = new DataView(otpKey.buffer, otpKey.byteOffset, otpBytes);
    for (const [at, word] of macPrepared(random, 0, otpInfo).entries()) view.setInt32(at * 4, word);
  }

  private placeIn(epoch: number, slot: number): number {
    const alias = truncatePrepared(this.states, slot * preparedWords, epoch) % aliasModulus;
    return placeOf(alias, slot);
  }

  private growTo(slots: number): void {
    if (slots <= this.periods.length) return;
    const size = Math.min(mostSlots, Math.max(slots, this.periods.length * 2, 1_024));
    const [states, periods] = [this.states, this.periods];
    this.states = new Int32Array(size * preparedWords);
    this.states.set(states);
    this.periods = new Uint16Array(size);
    this.periods.set(periods);
  }
}
