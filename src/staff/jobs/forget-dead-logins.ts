import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { LoginsStore } from '../store/logins.store.js';
import { SupervisorsStore } from '../store/supervisors.store.js';

const everyMs = 3_600_000;

/** Guesses at names that nobody has, and words of supervisors that nobody used, would otherwise stay for ever. */
@Injectable()
export class ForgetDeadLogins implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly logins: LoginsStore,
    private readonly supervisors: SupervisorsStore,
  ) {}

  onModuleInit(): void {
    const run = async (): Promise<void> => {
      await this.logins.sweep();
      await this.supervisors.sweep();
    };
    this.jobs.add({ name: 'forget-dead-logins', everyMs, run });
  }
}
