import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { PaymentsStore } from '../store/payments.store.js';

const everyMs = 1_000;
const atATime = 100;

/** A device that fell silent keeps nobody's money: its hold ends by the clock. */
@Injectable()
export class EndExpiredHolds implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: RunJobs,
    private readonly store: PaymentsStore,
  ) {}

  onModuleInit(): void {
    this.jobs.add({ name: 'end-expired-holds', everyMs, run: () => this.endAll() });
  }

  private async endAll(): Promise<void> {
    for (;;) {
      const [row] = await this.database.query<{ ended: number }[]>(
        'select payments.end_expired_holds($1) as ended',
        [atATime],
      );
      if ((row?.ended ?? 0) > 0) this.store.wakeConsumers();
      if ((row?.ended ?? 0) < atATime) return;
    }
  }
}
