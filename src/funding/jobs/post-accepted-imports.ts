import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { ImportFunding } from '../import-funding.js';
import { findAccepted } from '../store/import.store.js';

const everyMs = 1_000;

/** An accepted import is paid to its last line, whatever process began it. */
@Injectable()
export class PostAcceptedImports implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly database: DataSource,
    private readonly imports: ImportFunding,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'post-accepted-imports',
      everyMs,
      run: async () => {
        for (const id of await findAccepted(this.database)) await this.imports.post(id);
      },
    });
  }
}
