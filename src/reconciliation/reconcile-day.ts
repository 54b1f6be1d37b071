/** A day is reconciled when our books, the terminals' shifts and the bank's statement tell the same story of it. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { reconciliationProblems } from './reconciliation.errors.js';

@Injectable()
export class ReconcileDay {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Compares the day as it stands; running it again changes nothing unless one of the stories has changed.
   * @param date `2026-11-22`, in campus time
   * @throws {Refusal} reconciliation_day_not_begun
   */
  async reconcile(date: string, staff: bigint): Promise<void> {
    await inTransaction(this.database, async (tx) => {
      const rows: { begun: boolean }[] = await tx.query(
        'select $1::date <= platform.business_date($2) as begun',
        [date, this.clock.now()],
      );
      if (rows[0]?.begun !== true)
        throw new Refusal(reconciliationProblems, 'reconciliation_day_not_begun');
      await tx.query('select reconciliation.reconcile($1, $2)', [date, staff.toString()]);
    });
  }
}
