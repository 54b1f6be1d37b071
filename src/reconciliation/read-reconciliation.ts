/** Every difference of a day is shown with both sides' facts, also after it was cleared. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { reconciliationProblems } from './reconciliation.errors.js';

export const discrepancyTypes = ['missing_here', 'missing_there', 'amount', 'duplicate'] as const;
export const discrepancySources = ['bank', 'terminal'] as const;

export type Discrepancy = {
  readonly id: bigint;
  readonly source: (typeof discrepancySources)[number];
  readonly type: (typeof discrepancyTypes)[number];
  /** An instruction's or a shift's number; a terminal's code for what it reported in no shift. */
  readonly reference: string;
  /** What our books say; amounts in fen. */
  readonly here: Readonly<Record<string, unknown>> | null;
  /** What the bank or the terminal says. */
  readonly there: Readonly<Record<string, unknown>> | null;
  readonly foundAt: Date;
  /** When a later run no longer found it. */
  readonly clearedAt: Date | null;
};

export type Reconciliation = {
  readonly date: string;
  readonly ranAt: Date;
  readonly ranBy: bigint;
  /** The bank's statement that was compared; null when none had been imported. */
  readonly statement: bigint | null;
  /** All three stories are there and none differs. */
  readonly agrees: boolean;
  readonly discrepancies: readonly Discrepancy[];
};

@Injectable()
export class ReadReconciliation {
  constructor(private readonly database: DataSource) {}

  /**
   * The newest run of a day.
   * @throws {Refusal} reconciliation_unknown
   */
  async read(date: string): Promise<Reconciliation> {
    type Run = { run_at: Date; run_by: string; statement: string | null };
    const [run] = await this.database.query<Run[]>(
      `select run_at, run_by, statement from reconciliation.run
       where date = $1 order by id desc limit 1`,
      [date],
    );
    if (run === undefined) throw new Refusal(reconciliationProblems, 'reconciliation_unknown');
    const discrepancies = await this.discrepanciesOf(date);
    return {
      date,
      ranAt: run.run_at,
      ranBy: BigInt(run.run_by),
      statement: run.statement === null ? null : BigInt(run.statement),
      agrees: run.statement !== null && discrepancies.every(({ clearedAt }) => clearedAt !== null),
      discrepancies,
    };
  }

  private async discrepanciesOf(date: string): Promise<Discrepancy[]> {
    type Row = Omit<Discrepancy, 'id' | 'foundAt' | 'clearedAt'> & {
      id: string;
      found_at: Date;
      cleared_at: Date | null;
    };
    const rows = await this.database.query<Row[]>(
      `select id, source, type, reference, here, there, found_at, cleared_at
       from reconciliation.discrepancy where date = $1
       order by cleared_at is not null, source, type, reference`,
      [date],
    );
    return rows.map(({ id, found_at: foundAt, cleared_at: clearedAt, ...facts }) => ({
      id: BigInt(id),
      ...facts,
      foundAt,
      clearedAt,
    }));
  }
}
