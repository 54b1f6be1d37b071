/** What the bank said about one instruction. Amounts are fen. */
export type BankAnswer =
  | { readonly outcome: 'succeeded'; readonly bankReference: string; readonly bookedAt: Date }
  | { readonly outcome: 'failed'; readonly reason: string; readonly bankReference: string | null }
  /** Nobody knows yet, we or the bank: only asking by number tells. */
  | { readonly outcome: 'unknown'; readonly reason: string };

/** The bank never accepted the number, so that sending it again cannot pay twice. */
export type NeverSeen = { readonly outcome: 'never_seen' };

export type Instruction = {
  readonly number: string;
  readonly kind: 'debit' | 'payout';
  readonly agreementNumber: string | null;
  readonly payeeAccount: string | null;
  readonly amount: bigint;
  readonly purpose: string;
};

export type Mandate = {
  readonly number: string;
  readonly holderName: string;
  readonly bankAccount: string;
};

export type MandateAnswer =
  | { readonly outcome: 'active'; readonly signedAt: Date }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly reason: string };

export type StatementAnswer =
  | { readonly outcome: 'found'; readonly csv: string }
  | { readonly outcome: 'not_begun' }
  | { readonly outcome: 'unknown'; readonly reason: string };

/**
 * The bank as the service needs it. It takes a number once: the same one again gets the answer of
 * now.
 */
export interface BankPort {
  /** False when this deployment names no bank: nothing is sent then, and nothing is lost. */
  readonly isReachable: boolean;
  sign(mandate: Mandate): Promise<MandateAnswer>;
  instruct(instruction: Instruction): Promise<BankAnswer>;
  find(instruction: Instruction): Promise<BankAnswer | NeverSeen>;
  statement(date: string): Promise<StatementAnswer>;
}

export const bankPortToken = Symbol('bank port');
