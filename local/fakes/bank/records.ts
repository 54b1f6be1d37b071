export type InstructionKind = 'debit' | 'payout';
export type InstructionStatus = 'succeeded' | 'failed' | 'processing';
export type FailureReason = 'insufficient_funds' | 'agreement_revoked' | 'account_frozen' | 'limit';

/** One thing the campus asked of the bank, kept for ever under the campus' own number. */
export type Instruction = {
  instructionNumber: string;
  kind: InstructionKind;
  /** For a debit, whose agreement; for a payout, whose account. */
  counterparty: string;
  /** Integer fen. */
  amount: number;
  purpose: string;
  status: InstructionStatus;
  reason: FailureReason | null;
  bankReference: string;
  acceptedAt: string;
  bookedAt: string | null;
  /** Milliseconds since 1970: when a `processing` instruction gets its end. */
  settlesAt: number | null;
};

export type Agreement = {
  agreementNumber: string;
  holderName: string;
  bankAccount: string;
  signedAt: string;
  revokedAt: string | null;
};

export type BankAccount = { balance: number; frozen: boolean };

/** One line of the settlement account's statement, in booking order. */
export type StatementLine = {
  date: string;
  reference: string;
  direction: 'in' | 'out';
  amount: number;
  balance: number;
};

/** What the bank's file holds: applying its records in order gives the bank's state. */
export type BankRecord =
  | { type: 'agreement_signed'; agreement: Agreement; openingBalance: number }
  | { type: 'agreement_revoked'; agreementNumber: string; at: string }
  | { type: 'account_set'; bankAccount: string; account: BankAccount }
  | { type: 'instruction_taken'; instruction: Instruction }
  | { type: 'instruction_settled'; instruction: Instruction }
  | { type: 'transfer_received'; reference: string; amount: number; at: string }
  | { type: 'clock_set'; offsetMs: number };
