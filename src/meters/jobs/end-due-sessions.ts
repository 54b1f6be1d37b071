import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { StopSession } from '../stop-session.js';

const everyMs = 2_000;

/** A device that fell silent keeps nobody's money: its session ends by the clock, by what it reported last. */
@Injectable()
export class EndDueSessions implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly sessions: StopSession,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'end-due-sessions', everyMs, run: () => this.sessions.endDue() });
  }
}
