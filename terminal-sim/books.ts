/** What the service has of a lunch. Amounts in fen. */
export type BookedPayment = {
  readonly id: string;
  readonly orderNumber: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly state: string;
  readonly amount: number;
  readonly captured: number;
  readonly returned: number;
};

/** One entry of the ledger about one of the payments. */
export type BookedEntry = {
  readonly entry: string;
  readonly payment: string;
  /** sale, capture, reversal. */
  readonly kind: string;
  /** What it moved to the merchant: below zero when it went back. */
  readonly toMerchant: number;
};

export type Proof = { readonly proof: string; readonly broken: number };

export type Books = {
  /** Every payment that the lunch's terminals have since it began. */
  readonly payments: readonly BookedPayment[];
  /** Null when only the office was asked, which does not show the ledger. */
  readonly entries: readonly BookedEntry[] | null;
  readonly proofs: readonly Proof[] | null;
  /** Over all books of the campus: 0, or they are wrong. */
  readonly ledgerSum: bigint;
};
