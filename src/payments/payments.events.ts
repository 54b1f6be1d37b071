/**
 * Outbox types of this module. Ids are decimal strings, amounts fen as JSON numbers. `entry` is the ledger entry that moved
 * the money, null while it is only held.
 */
export type PaymentEvents = {
  'payment.approved': PaymentFacts;
  'payment.declined': PaymentFacts;
  /** Waits for a word; `approved` or `declined` follows. */
  'payment.pending': PaymentFacts;
  'payment.captured': PaymentFacts & { released: number; final: boolean };
  /** `by` is there when somebody took the sale back, and not when its time was over. */
  'payment.released': PaymentFacts & { released: number; by?: TakenBackBy };
  'payment.reversed': PaymentFacts & { released: number; by: TakenBackBy };
  /** `returned` is all that went back so far, this refund included. */
  'payment.refunded': PaymentFacts & { refund: string; returned: number };
};

/** A reversal is the terminal's, a void the cashier's. */
export type TakenBackBy = 'terminal' | 'cashier';

export type PaymentFacts = {
  payment: string;
  cardholder: string | null;
  card: string | null;
  merchant: string;
  place: string;
  terminal: string;
  /** What was asked for; for `captured`, `reversed` and `refunded` what this event moved. */
  amount: number;
  state: 'captured' | 'held' | 'released' | 'declined' | 'reversed';
  entry: string | null;
  reason: string | null;
  shortNumber: string;
};
