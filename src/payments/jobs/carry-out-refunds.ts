import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { RefundPayment } from '../refund-payment.js';

const everyMs = 1_000;

/** What two people agreed on is paid back, whatever process heard of it. */
@Injectable()
export class CarryOutRefunds implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly refunds: RefundPayment,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'carry-out-refunds',
      everyMs,
      run: () => this.refunds.carryOutAccepted(),
    });
  }
}
