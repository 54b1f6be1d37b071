import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';

const everyMs = 60_000;
const daysMax = 400;
const accountsMax = 2_000;
/** A chore ends: days that are missing still are kept at the next turn. */
const roundsMax = 500;

/** What each account had at the end of each day is kept, also for the days on which nobody was there to see it end. */
@Injectable()
export class KeepBalances implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: RunJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'keep-balances', everyMs, run: () => this.keep() });
  }

  private async keep(): Promise<void> {
    // In a transaction of its own: the balances wait for everything that was begun before it.
    await this.database.query('select ledger.end_days($1)', [daysMax]);
    for (let round = 0; round < roundsMax; round += 1) {
      const [row] = await this.database.query<{ seen: number }[]>(
        'select ledger.take_snapshots($1) as seen',
        [accountsMax],
      );
      if ((row?.seen ?? 0) === 0) return;
    }
  }
}
