/** A name as students, cashiers and administrators see it. */
export type LocalName = { readonly zh: string; readonly en: string };

export type PlaceKind = 'canteen' | 'gym' | 'dorm';

/** What a place costs; amounts in fen. */
export type Tariff =
  | { readonly type: 'entered'; readonly maximum: bigint }
  | { readonly type: 'fixed'; readonly amount: bigint }
  | {
      readonly type: 'metered';
      readonly hold: bigint;
      readonly unit: 'liter' | 'kwh' | 'minute';
      readonly unitPrice: bigint;
      readonly holdSeconds: number;
    };

export type Place = {
  readonly id: bigint;
  readonly name: LocalName;
  readonly kind: PlaceKind;
  readonly tariff: Tariff;
  readonly isOpen: boolean;
  /** Whether terminals may sell by themselves while they have no network. */
  readonly sellsOffline: boolean;
  readonly merchant: {
    readonly id: bigint;
    readonly name: LocalName;
    /** The merchant's ledger account. */
    readonly account: bigint;
  };
};
