import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';

const everyMs = 5_000;
const accountsMax = 200;
const deltasMax = 5_000;
/** A chore ends: what is left after so many rounds is folded at the next turn. */
const roundsMax = 20;

/** The balance of a hot account costs the same after a year: what it received is added up as it comes. */
@Injectable()
export class FoldDeltas implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: RunJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'fold-deltas', everyMs, run: () => this.foldAll() });
  }

  private async foldAll(): Promise<void> {
    for (let round = 0; round < roundsMax; round += 1) if ((await this.foldOnce()) === 0n) return;
  }

  /** Every account once. @returns how many deltas were folded. */
  private async foldOnce(): Promise<bigint> {
    let folded = 0n;
    for (let after: string | null = '0'; after !== null;) {
      const [row]: { last_account: string | null; folded: string }[] = await this.database.query(
        'select last_account, folded from ledger.fold_deltas($1, $2, $3)',
        [after, accountsMax, deltasMax],
      );
      folded += BigInt(row?.folded ?? 0);
      after = row?.last_account ?? null;
    }
    return folded;
  }
}
