import type { Tx } from '../../platform/database/transaction.js';

/**
 * What a sale without a network left owing is spent like cash: the bank is asked for both, and paying the debt out of the
 * cash moves neither.
 * @returns fen that an entry moved on the card's cash purse and its debt: below zero when it was spent.
 */
export async function cashMovedBy(tx: Tx, entry: bigint, card: bigint): Promise<bigint> {
  const rows: { moved: string }[] = await tx.query(
    `select coalesce(sum(s.amount), 0) as moved from ledger.statement s
     where s.entry = $1 and s.owner = $2 and s.kind in ('cash', 'receivable')`,
    [entry, card],
  );
  return BigInt(rows[0]?.moved ?? 0);
}

/** @returns fen that refunds of a payment brought back to the card's cash purse, or to its debt. */
export async function cashRefundedOf(tx: Tx, payment: bigint, card: bigint): Promise<bigint> {
  const rows: { moved: string }[] = await tx.query(
    `select coalesce(sum(s.amount), 0) as moved from payments.refund r
     join ledger.statement s on s.entry = r.entry
     where r.payment = $1 and s.owner = $2 and s.kind in ('cash', 'receivable')`,
    [payment, card],
  );
  return BigInt(rows[0]?.moved ?? 0);
}

/** Accounts of the house itself, which belong to nobody: where money into purses comes from. */
export type Source = 'bank' | 'subsidy-expense';

/** @returns the entry that brought `amount` fen from a source into a purse. */
export async function recordFunding(
  tx: Tx,
  funding: {
    readonly kind: 'collection' | 'top-up' | 'subsidy';
    readonly source: Source;
    readonly purse: bigint;
    readonly amount: bigint;
    readonly about: Record<string, string>;
  },
): Promise<bigint> {
  const { kind, source, purse, amount, about } = funding;
  const rows: { entry: string }[] = await tx.query(
    `select ledger.record($1, array[ledger.open_account(0, $2, null, false), $3::bigint],
       array[-$4::bigint, $4::bigint], $5) as entry`,
    [kind, source, purse, amount, JSON.stringify(about)],
  );
  return BigInt(rows[0]?.entry ?? 0);
}
