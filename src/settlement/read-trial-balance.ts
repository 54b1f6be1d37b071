/** Everything the books hold, by kind of account, sums to zero at every moment. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export type TrialBalanceLine = {
  readonly kind: string;
  readonly accounts: number;
  /** Credit is positive: what we owe. `bank` is below zero by what the bank holds for us. */
  readonly balance: bigint;
  /** The part of it that is set aside. */
  readonly held: bigint;
};

export type TrialBalance = {
  readonly lines: readonly TrialBalanceLine[];
  /** Zero, or the books are wrong. */
  readonly total: bigint;
};

@Injectable()
export class ReadTrialBalance {
  constructor(private readonly database: DataSource) {}

  /** Read in one statement, so that no sale in between can tilt it. */
  async read(): Promise<TrialBalance> {
    type Row = { kind: string; accounts: number; balance: string; held: string };
    const rows = await this.database.query<Row[]>(
      'select kind, accounts, balance, held from ledger.trial_balance order by kind',
    );
    const lines = rows.map(({ kind, accounts, balance, held }) => ({
      kind,
      accounts,
      balance: BigInt(balance),
      held: BigInt(held),
    }));
    return { lines, total: lines.reduce((sum, { balance }) => sum + balance, 0n) };
  }
}
