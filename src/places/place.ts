/** A name as students, cashiers and administrators see it. */
export type LocalName = { readonly zh: string; readonly en: string };

export type PlaceKind = 'canteen' | 'gym' | 'dorm';

/** What a fixed place costs at a meal, for a group, or both; null is any time, or everybody. */
export type Price = {
  readonly meal: string | null;
  readonly group: string | null;
  readonly amount: bigint;
};

/** What a place costs; amounts in fen. */
export type Tariff =
  | { readonly type: 'entered'; readonly maximum: bigint }
  | { readonly type: 'fixed'; readonly amount: bigint; readonly prices?: readonly Price[] }
  | {
      readonly type: 'metered';
      readonly hold: bigint;
      readonly unit: 'liter' | 'kwh' | 'minute';
      readonly unitPrice: bigint;
      readonly holdSeconds: number;
    };

/** What a till shows of whoever pays there. */
export type TillShows = {
  readonly maskedName: boolean;
  /** Which kinds of purses paid, and how much each. */
  readonly purses: boolean;
  /** What the card has left. */
  readonly balance: boolean;
};

/** When a cashier may take a sale back; amounts in fen. */
export type VoidRules = { readonly minutes: number; readonly supervisorAbove: bigint };

export type Place = {
  readonly id: bigint;
  readonly name: LocalName;
  readonly kind: PlaceKind;
  readonly tariff: Tariff;
  readonly isOpen: boolean;
  /** The groups that may pay there; null is everybody. */
  readonly serves: readonly string[] | null;
  /** Whether terminals may sell by themselves while they have no network. */
  readonly sellsOffline: boolean;
  /** Whether a cashier stands there who can be asked. */
  readonly isAttended: boolean;
  readonly voids: VoidRules;
  readonly shows: TillShows;
  readonly merchant: {
    readonly id: bigint;
    readonly name: LocalName;
    /** The merchant's ledger account. */
    readonly account: bigint;
  };
};
