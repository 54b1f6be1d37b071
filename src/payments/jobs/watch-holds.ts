import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from '../../platform/metrics/metrics.js';

/** Money that is set aside, and holds that nobody has ended though their time is over: of those there should be none. */
@Injectable()
export class WatchHolds implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.watch('campus_holds_open', 'Sales that hold money now', 'h.expires_at > platform.now()');
    this.watch(
      'campus_holds_overdue',
      'Holds that have not been ended a minute after their time',
      `h.expires_at < platform.now() - interval '1 minute'`,
    );
  }

  private watch(name: string, help: string, condition: string): void {
    this.metrics.watch({
      name,
      help,
      read: () =>
        this.database.query<{ value: number }[]>(
          `select count(*)::int as value from ledger.hold h where h.ended_at is null and ${condition}`,
        ),
    });
  }
}
