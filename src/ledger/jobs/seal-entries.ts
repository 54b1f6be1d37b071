import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';

const everyMs = 10_000;
/** A proof reads the hashes of one block; a second of full load is a few of them. */
const entriesMax = 4_096;

/** Every entry is in a block soon after it was posted: what is in a block cannot be changed without being seen. */
@Injectable()
export class SealEntries implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: RunJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'seal-entries', everyMs, run: () => this.sealAll() });
  }

  private async sealAll(): Promise<void> {
    for (;;) {
      const [row] = await this.database.query<{ sealed: number }[]>(
        'select ledger.seal_block($1) as sealed',
        [entriesMax],
      );
      if ((row?.sealed ?? 0) < entriesMax) return;
    }
  }
}
