/** A business day is closed once and for good: its totals by merchant are kept, and terminals can no longer undo it. */
import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { platformProblems } from '../platform/errors/platform.errors.js';
import { Refusal } from '../platform/errors/problem.js';
import { settlementProblems } from './settlement.errors.js';

type Outcome = 'begun' | 'closed' | 'already_closed' | 'not_begun';

/** A sale takes milliseconds; whoever writes for longer than this is stuck. */
const givenUpAfterMs = 30_000;
const lookAgainMs = 20;

@Injectable()
export class CloseBusinessDay {
  constructor(private readonly database: DataSource) {}

  /**
   * Holds that are still open do not stop it: they are noted, and count on the day on which they are captured. A day that
   * is closed before midnight ends there and then; what is sold afterwards belongs to the next one. What was sold before
   * and has not committed is waited for, so that it is missing from neither.
   * @param date `2026-11-22`, in campus time
   * @throws {Refusal} business_day_not_begun, business_day_already_closed; unavailable: the line is drawn, close it again
   */
  async close(date: string, staff: bigint): Promise<void> {
    const begun = await this.ask('settlement.begin_to_close($1)', [date]);
    if (begun === 'not_begun') throw new Refusal(settlementProblems, 'business_day_not_begun');
    if (begun === 'begun') await this.outwaitWriters();
    const kept =
      begun === 'begun'
        ? await this.ask('settlement.keep_business_day($1, $2)', [date, staff.toString()])
        : begun;
    if (kept === 'already_closed')
      throw new Refusal(settlementProblems, 'business_day_already_closed');
  }

  /** Until everybody who is writing now has ended; who comes meanwhile reads a later time than the line. */
  private async outwaitWriters(): Promise<void> {
    const deadline = performance.now() + givenUpAfterMs;
    const before = await this.writers();
    for (;;) {
      const now = new Set(await this.writers());
      if (!before.some((writer) => now.has(writer))) return;
      if (performance.now() > deadline) throw new Refusal(platformProblems, 'unavailable');
      await pause(lookAgainMs);
    }
  }

  private async writers(): Promise<string[]> {
    const rows = await this.database.query<{ writer: string }[]>(
      'select w as writer from settlement.writers() w',
    );
    return rows.map(({ writer }) => writer);
  }

  private async ask(call: string, values: readonly string[]): Promise<Outcome | undefined> {
    const [row] = await this.database.query<{ outcome: Outcome }[]>(`select ${call} as outcome`, [
      ...values,
    ]);
    return row?.outcome;
  }
}
