import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';

const everyMs = 60 * 60_000;

/** Right PINs that no sale followed are forgotten after a day. */
@Injectable()
export class ForgetChecks implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly database: DataSource,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'forget-pin-checks',
      everyMs,
      run: () => this.database.query('select static_credentials.forget_checks()'),
    });
  }
}
