import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { LoginsStore } from '../store/logins.store.js';

const everyMs = 3_600_000;

/** Guesses at names that nobody has would otherwise stay for ever. */
@Injectable()
export class ForgetDeadLogins implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly logins: LoginsStore,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'forget-dead-logins', everyMs, run: () => this.logins.sweep() });
  }
}
