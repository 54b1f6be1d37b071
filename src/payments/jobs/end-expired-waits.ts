import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { ConfirmPayment } from '../confirm-payment.js';

const everyMs = 1_000;

/** Nobody's silence keeps money aside: a sale that nobody confirmed is declined by the clock. */
@Injectable()
export class EndExpiredWaits implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly confirmation: ConfirmPayment,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'end-expired-waits',
      everyMs,
      run: () => this.confirmation.endExpired(),
    });
  }
}
