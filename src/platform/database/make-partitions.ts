import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../jobs/run-jobs.js';

const everyMs = 6 * 3_600_000;

/** Next months' partitions are there before their first row, however long the service runs without a migration. */
@Injectable()
export class MakePartitions implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: RunJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'make-partitions',
      everyMs,
      run: () => this.database.query('select platform.make_partitions()'),
    });
  }
}
