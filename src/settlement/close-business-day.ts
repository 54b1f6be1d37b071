/** A business day is closed once and for good: its totals by merchant are kept, and terminals can no longer undo it. */
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../platform/database/transaction.js';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { settlementProblems } from './settlement.errors.js';

@Injectable()
export class CloseBusinessDay {
  constructor(private readonly database: DataSource) {}

  /**
   * Holds that are still open do not stop it: they are noted, and count on the day on which they are captured. A day that
   * is closed before midnight ends there and then; what is sold afterwards belongs to the next one.
   * @param date `2026-11-22`, in campus time
   * @throws {Refusal} business_day_not_begun, business_day_already_closed
   */
  async close(date: string, staff: bigint): Promise<void> {
    const outcome = await inTransaction(this.database, async (tx) => {
      const rows: { outcome: 'closed' | 'already_closed' | 'not_begun' }[] = await tx.query(
        'select settlement.close_business_day($1, $2) as outcome',
        [date, staff.toString()],
      );
      return rows[0]?.outcome;
    });
    if (outcome === 'not_begun') throw new Refusal(settlementProblems, 'business_day_not_begun');
    if (outcome === 'already_closed')
      throw new Refusal(settlementProblems, 'business_day_already_closed');
  }
}
