import type { LocalName, PlaceKind } from '../places/place.js';
import type { Limits } from './domain/limits.js';

export type { Limits } from './domain/limits.js';

export type CardStatus = 'active' | 'frozen' | 'lost' | 'closed';

export type Card = {
  readonly id: bigint;
  readonly cardholder: bigint;
  readonly number: string;
  readonly status: CardStatus;
  /** The cardholder's. */
  readonly group: string;
  /** What counts for this card: its own figures, and its group's where it has none. */
  readonly limits: Limits;
  /** Its own figures alone. */
  readonly ownLimits: Limits;
};

/** What counts in the windows that run now: fen and times. */
export type Spent = {
  /** The meal period that runs; null between meals, where nothing counts towards a meal. */
  readonly meal: string | null;
  readonly mealAmount: bigint;
  readonly mealCount: number;
  readonly dayAmount: bigint;
  readonly dayCount: number;
  readonly monthAmount: bigint;
  readonly monthCount: number;
};

/** A kind of purse, each a kind of ledger accounts of cards, and where its money is good. Null is everywhere, always. */
export type PurseRule = {
  readonly code: string;
  readonly name: LocalName;
  readonly placeKinds: readonly PlaceKind[] | null;
  /** Ids of places. */
  readonly places: readonly bigint[] | null;
  /** Codes of meal periods: it is good in none of the time between. */
  readonly meals: readonly string[] | null;
};

export type Purse = {
  readonly rule: PurseRule;
  readonly balance: bigint;
  readonly held: bigint;
  /** Part of what is held that its owner can still spend: set aside for sales without a network. */
  readonly allowance: bigint;
  /** A subsidy is worth something until then. */
  readonly usableUntil: Date | null;
};
