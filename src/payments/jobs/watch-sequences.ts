import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';

const everyMs = 60_000;
/** A call that decides takes five seconds at most: what was decided before is all there. */
const behind = '60 seconds';

/** A terminal's sequence only goes up; where it went back, the office hears of it. Sales and passages are never held up. */
@Injectable()
export class WatchSequences implements OnModuleInit {
  private readonly logger = new Logger('sequences');

  constructor(
    private readonly database: DataSource,
    private readonly jobs: RunJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'watch-sequences', everyMs, run: () => this.watch() });
  }

  private async watch(): Promise<void> {
    const [row] = await this.database.query<{ breaks: number }[]>(
      'select payments.watch_sequences(platform.now() - $1::interval) as breaks',
      [behind],
    );
    const breaks = row?.breaks ?? 0;
    if (breaks > 0) this.logger.warn(`The count of a terminal went back: ${breaks} times.`);
  }
}
