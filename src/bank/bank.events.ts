/**
 * The bank decided an instruction: `instruction.succeeded`, `instruction.failed`. Ids are decimal
 * strings, amounts fen. Whoever claimed the instruction knows it by its id.
 */
export type InstructionResolved = {
  readonly instruction: string;
  readonly number: string;
  readonly kind: 'debit' | 'payout';
  /** Whose agreement was debited; null for a payout. */
  readonly owner: string | null;
  readonly amount: number;
  readonly bankReference: string | null;
  /** The bank's reason of a failure. */
  readonly reason: string | null;
};
