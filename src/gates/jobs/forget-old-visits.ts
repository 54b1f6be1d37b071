import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { ForgetVisits } from '../forget-visits.js';

const everyMs = 3_600_000;

/** Nobody can look up where somebody was longer ago than the office keeps it. */
@Injectable()
export class ForgetOldVisits implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly visits: ForgetVisits,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'forget-old-visits', everyMs, run: () => this.visits.forget() });
  }
}
