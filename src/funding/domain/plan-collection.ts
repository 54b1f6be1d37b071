/** The most that one debit asks for, ¥500: what is missing beyond it waits for the next sale. */
export const debitMax = 50_000n;

export type Shortage = {
  /** Fen that earlier sales spent and nobody has asked for; below zero when too much was asked. */
  readonly missing: bigint;
  /** Fen of cash that this sale spent. */
  readonly spent: bigint;
  /** The bank's reason when the card's last debit failed. */
  readonly lastFailure: string | null;
};

/**
 * How much to ask of the bank after a sale: everything that is missing, within a bound. After the bank refused an
 * amount for its own limit, only the sale itself, or the sum would grow past that limit for ever.
 * @returns fen, 0 when what was asked before covers the sale
 */
export function planCollection({ missing, spent, lastFailure }: Shortage): bigint {
  const owed = missing + spent;
  if (owed <= 0n) return 0n;
  const most = lastFailure === 'limit' && spent < debitMax ? spent : debitMax;
  return owed < most ? owed : most;
}
