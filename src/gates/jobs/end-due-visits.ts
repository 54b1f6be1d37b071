import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { EndVisits } from '../end-visits.js';

const everyMs = 2_000;

/** Who did not pass holds no place and no money; who forgot to leave is not inside after closing time. */
@Injectable()
export class EndDueVisits implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly visits: EndVisits,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'end-due-visits', everyMs, run: () => this.visits.endDue() });
  }
}
