import type { Tx } from '../database/transaction.js';

/** Something that happened, as the outbox keeps it. `payload` holds ids and small facts, never a secret or a code. */
export type DomainEvent<Payload = Record<string, unknown>> = {
  readonly id: bigint;
  readonly type: string;
  readonly happenedAt: Date;
  readonly payload: Payload;
};

/** Writes what happened in the same transaction as the fact; SQL functions insert into `platform.outbox` themselves. */
export async function appendEvent(
  tx: Tx,
  type: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await tx.query('insert into platform.outbox (type, payload) values ($1, $2)', [
    type,
    JSON.stringify(payload),
  ]);
}
