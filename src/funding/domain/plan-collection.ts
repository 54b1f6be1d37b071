/** The most that one debit asks for, ¥500: what is missing beyond it waits for the next sale. */
export const debitMax = 50_000n;

/** A bank that refuses ¥10 for its limit refuses for another reason. */
export const debitFloor = 1_000n;

export type Shortage = {
  /** Fen that earlier sales spent and nobody has asked for; below zero when too much was asked. */
  readonly missing: bigint;
  /** Fen of cash that this sale spent. */
  readonly spent: bigint;
  /** The most to ask at a time, as far as is known. */
  readonly most: bigint;
};

/**
 * How much to ask of the bank after a sale: everything that is missing, within a bound.
 * @returns fen, 0 when what was asked before covers the sale
 */
export function planCollection({ missing, spent, most }: Shortage): bigint {
  const owed = missing + spent;
  if (owed <= 0n) return 0n;
  return owed < most ? owed : most;
}

/** Half, or the sum of what is missing would stay over the bank's limit for ever. */
export function mostAfterLimit(refused: bigint): bigint {
  const half = refused / 2n;
  return half > debitFloor ? half : debitFloor;
}

/** A debit that went as far as was dared dares a little more next time. */
export function mostAfterSuccess(most: bigint, amount: bigint): bigint {
  if (amount < most) return most;
  const more = most + debitFloor;
  return more < debitMax ? more : debitMax;
}
