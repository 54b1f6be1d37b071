/** A shift begins where its terminal says; the report of the same number ends it. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { settlementProblems } from './settlement.errors.js';

export type ShiftOpening = {
  /** Of the terminal that signed it. */
  readonly terminal: bigint;
  /** Lower-case UUIDv7: the terminal's own number of the shift. */
  readonly shiftNumber: string;
  /** By the terminal's clock. */
  readonly openedAt: string;
  /** Who stands there, as the till says. */
  readonly cashier: string | null;
};

@Injectable()
export class OpenShift {
  constructor(private readonly database: DataSource) {}

  /** Once for each number; the same again changes nothing. @throws {Refusal} shift_number_reused */
  async open({ terminal, shiftNumber, openedAt, cashier }: ShiftOpening): Promise<void> {
    const [row] = await this.database.query<{ outcome: 'opened' | 'known' | 'reused' }[]>(
      'select settlement.open_shift($1, $2, $3, $4) as outcome',
      [terminal.toString(), shiftNumber, openedAt, cashier],
    );
    if (row?.outcome === 'reused') throw new Refusal(settlementProblems, 'shift_number_reused');
  }
}
