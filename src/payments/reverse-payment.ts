import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { invariant, Refusal } from '../platform/errors/problem.js';
import type { TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { paymentsProblems } from './payments.errors.js';
import { PaymentsStore } from './store/payments.store.js';

export type ReversalOutcome =
  'reversed' | 'released' | 'never_seen' | 'already_reversed' | 'was_declined';

/** Afterwards only the office gives money back, by a refund. */
const reversalWindow = '72 hours';

/**
 * A terminal that is unsure undoes the whole sale; it succeeds whatever became of the sale, and bars one that never
 * arrived from arriving later.
 */
@Injectable()
export class ReversePayment {
  constructor(
    private readonly database: DataSource,
    private readonly store: PaymentsStore,
  ) {}

  /** @returns what was done and how many fen went back. @throws {Refusal} reversal_too_late, terminal_revoked */
  async reverse(
    { terminal, generation }: Pick<TerminalKey, 'terminal' | 'generation'>,
    orderNumber: string,
    reason: string,
  ): Promise<{ outcome: ReversalOutcome; returned: bigint }> {
    const [row] = await this.database.query<
      { outcome: ReversalOutcome | 'too_late' | 'terminal_revoked'; returned: string }[]
    >('select * from payments.reverse_for_terminal($1, $2, $3, $4, $5::interval)', [
      terminal.id.toString(),
      generation,
      orderNumber,
      reason,
      reversalWindow,
    ]);
    invariant(row !== undefined, 'payments.reverse answered nothing.');
    if (row.outcome === 'terminal_revoked')
      throw new Refusal(terminalsProblems, 'terminal_revoked');
    if (row.outcome === 'too_late') throw new Refusal(paymentsProblems, 'reversal_too_late');
    this.store.wakeConsumers();
    return { outcome: row.outcome, returned: BigInt(row.returned) };
  }
}
