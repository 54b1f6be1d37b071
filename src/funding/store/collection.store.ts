import type { Tx } from '../../platform/database/transaction.js';

export type Standing = {
  readonly missing: bigint;
  /** The most to ask of the bank at a time. */
  readonly most: bigint;
};

/** Locks what a card misses: a sale, a reversal and a failed debit may meet here. */
export async function lockStanding(tx: Tx, card: bigint): Promise<Standing> {
  await tx.query('insert into funding.standing (card) values ($1) on conflict do nothing', [card]);
  const rows: { missing: string; debit_most: string }[] = await tx.query(
    'select missing, debit_most from funding.standing where card = $1 for update',
    [card],
  );
  return { missing: BigInt(rows[0]?.missing ?? 0), most: BigInt(rows[0]?.debit_most ?? 0) };
}

export async function setStanding(tx: Tx, card: bigint, standing: Standing): Promise<void> {
  await tx.query(
    `update funding.standing set missing = $2, debit_most = $3, changed_at = platform.now()
     where card = $1`,
    [card, standing.missing, standing.most],
  );
}

export async function isKnownEntry(tx: Tx, entry: bigint): Promise<boolean> {
  const rows: unknown[] = await tx.query('select 1 from funding.collection where entry = $1', [
    entry,
  ]);
  return rows.length > 0;
}

export async function insertCollection(
  tx: Tx,
  collection: {
    readonly card: bigint;
    readonly cardholder: bigint;
    readonly payment: bigint;
    readonly entry: bigint;
    readonly spent: bigint;
    readonly asked: { readonly instruction: bigint; readonly amount: bigint } | null;
  },
): Promise<void> {
  const { card, cardholder, payment, entry, spent, asked } = collection;
  await tx.query(
    `insert into funding.collection
       (card, cardholder, payment, entry, spent, amount, instruction, state, resolved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8,
       case when $8 = 'claimed' then null else platform.now() end)`,
    [
      card,
      cardholder,
      payment,
      entry,
      spent,
      asked?.amount ?? 0n,
      asked?.instruction ?? null,
      asked === null ? 'covered' : 'claimed',
    ],
  );
}

export type ClaimedCollection = {
  readonly id: bigint;
  readonly card: bigint;
  readonly cardholder: bigint;
  readonly amount: bigint;
  readonly instruction: bigint;
};

type ClaimedRow = {
  id: string;
  card: string;
  cardholder: string;
  amount: string;
  instruction: string;
};

const asClaimed = (row: ClaimedRow): ClaimedCollection => ({
  id: BigInt(row.id),
  card: BigInt(row.card),
  cardholder: BigInt(row.cardholder),
  amount: BigInt(row.amount),
  instruction: BigInt(row.instruction),
});

/**
 * Locks the collection that waits for this instruction; nothing when it has its end, or none ever
 * waited.
 */
export async function lockClaimed(
  tx: Tx,
  instruction: bigint,
): Promise<ClaimedCollection | undefined> {
  const rows: ClaimedRow[] = await tx.query(
    `select id, card, cardholder, amount, instruction from funding.collection
     where instruction = $1 and state = 'claimed' for update`,
    [instruction],
  );
  return rows[0] === undefined ? undefined : asClaimed(rows[0]);
}

/** @returns fen of cash that the payment spent and that was counted here; 0 when none of it was. */
export async function spentOf(tx: Tx, payment: bigint): Promise<bigint> {
  const rows: { spent: string }[] = await tx.query(
    'select coalesce(sum(spent), 0) as spent from funding.collection where payment = $1',
    [payment],
  );
  return BigInt(rows[0]?.spent ?? 0);
}

/** A sale that was taken back before anything was asked for it needs nothing. */
export async function isReversed(tx: Tx, payment: bigint): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `select 1 from payments.payment where id = $1 and state = 'reversed'`,
    [payment],
  );
  return rows.length > 0;
}

export async function lockClaimedOf(tx: Tx, payment: bigint): Promise<ClaimedCollection[]> {
  const rows: ClaimedRow[] = await tx.query(
    `select id, card, cardholder, amount, instruction from funding.collection
     where payment = $1 and state = 'claimed' order by id for update`,
    [payment],
  );
  return rows.map(asClaimed);
}

export async function resolveCollection(
  tx: Tx,
  id: bigint,
  end:
    | { readonly state: 'succeeded'; readonly postedEntry: bigint }
    | { readonly state: 'failed' | 'cancelled'; readonly reason: string },
): Promise<void> {
  await tx.query(
    `update funding.collection
     set state = $2, posted_entry = $3, reason = $4, resolved_at = platform.now()
     where id = $1`,
    [
      id,
      end.state,
      end.state === 'succeeded' ? end.postedEntry : null,
      end.state === 'succeeded' ? null : end.reason,
    ],
  );
}
