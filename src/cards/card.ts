export type CardStatus = 'active' | 'frozen' | 'lost' | 'closed';

export type Card = {
  readonly id: bigint;
  readonly cardholder: bigint;
  readonly number: string;
  readonly status: CardStatus;
  /** The cardholder's. */
  readonly group: string;
  /** Fen that may be spent in one business day; null is no limit. */
  readonly dayLimit: bigint | null;
};

/** Kinds of purses, each a ledger account of the card. */
export type PurseKind = 'cash' | 'subsidy';

export type Purse = {
  readonly kind: PurseKind;
  readonly balance: bigint;
  readonly held: bigint;
  /** A subsidy is worth something until then. */
  readonly usableUntil: Date | null;
};
