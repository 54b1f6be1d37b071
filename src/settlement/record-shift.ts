/** A terminal says what it counted in a shift; the service says at once whether it counted the same. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { settlementProblems } from './settlement.errors.js';
import { isSameTotal, toSalesTotals, type SalesTotals, type TotalsRow } from './totals.js';

export type ShiftReport = SalesTotals & {
  /** Of the terminal that signed the report. */
  readonly terminal: bigint;
  /** Lower-case UUIDv7: the terminal's own number of the shift. */
  readonly shiftNumber: string;
  /** By the terminal's clock. */
  readonly openedAt: string;
  readonly closedAt: string;
};

export type ShiftFinding = { readonly agrees: boolean; readonly service: SalesTotals };

const isSame = (a: SalesTotals, b: SalesTotals): boolean =>
  isSameTotal(a.sales, b.sales) &&
  isSameTotal(a.reversals, b.reversals) &&
  isSameTotal(a.voids, b.voids);

@Injectable()
export class RecordShift {
  constructor(private readonly database: DataSource) {}

  /**
   * Records a report once for each number; the same report again gets the same answer.
   * @throws {Refusal} shift_number_reused, shift_ends_before_it_begins
   */
  async record(report: ShiftReport): Promise<ShiftFinding> {
    const { terminal, shiftNumber, openedAt, closedAt, sales, reversals, voids } = report;
    if (Date.parse(closedAt) < Date.parse(openedAt))
      throw new Refusal(settlementProblems, 'shift_ends_before_it_begins');
    type Row = TotalsRow & { outcome: 'recorded' | 'known' | 'reused' };
    const [row] = await this.database.query<Row[]>(
      'select * from settlement.record_shift($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [
        terminal.toString(),
        shiftNumber,
        openedAt,
        closedAt,
        sales.count,
        sales.amount.toString(),
        reversals.count,
        reversals.amount.toString(),
        voids?.count ?? null,
        voids?.amount.toString() ?? null,
      ],
    );
    if (row === undefined || row.outcome === 'reused')
      throw new Refusal(settlementProblems, 'shift_number_reused');
    const service = toSalesTotals(row);
    return { agrees: isSame(service, report), service };
  }
}
