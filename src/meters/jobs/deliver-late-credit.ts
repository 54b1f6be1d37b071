import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { BuyCredit } from '../buy-credit.js';

const everyMs = 60_000;

/** Whoever has paid for credit gets it, also when the event that says so was set aside. */
@Injectable()
export class DeliverLateCredit implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly credit: BuyCredit,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'deliver-late-credit', everyMs, run: () => this.credit.deliverLate() });
  }
}
