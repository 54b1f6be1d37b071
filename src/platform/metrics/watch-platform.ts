import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics, type Reading } from './metrics.js';

/** How far everybody after the sale has come, and what holds them back. */
@Injectable()
export class WatchPlatform implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.watch({
      name: 'campus_outbox_lag_seconds',
      help: 'Age of the oldest event that a consumer has not handled yet',
      labels: ['consumer'],
      read: () =>
        this.ask(
          `select c.consumer, coalesce(extract(epoch from platform.now() - o.happened_at), 0)::float as value
           from platform.outbox_cursor c
           left join lateral (
             select x.happened_at from platform.outbox x
             where (x.era, x.xid, x.id) > (c.era, c.xid, c.id) order by x.era, x.xid, x.id limit 1
           ) o on true`,
        ),
    });
    this.metrics.watch({
      name: 'campus_outbox_failures',
      help: 'Events that were set aside for a consumer after five tries',
      labels: ['consumer'],
      read: () =>
        this.ask(
          `select c.consumer, (select count(*)::float from platform.outbox_failure f where f.consumer = c.consumer) as value
           from platform.outbox_cursor c`,
        ),
    });
    this.metrics.watch({
      name: 'campus_horizon_lag_seconds',
      help: 'How long the oldest event that is written has been waiting for an older transaction to end',
      read: () =>
        this.ask(
          `select coalesce(extract(epoch from platform.now() - (
             select o.happened_at from platform.outbox o
             where o.era = platform.current_era() and o.xid >= pg_snapshot_xmin(pg_current_snapshot())
             order by o.era, o.xid, o.id limit 1)), 0)::float as value`,
        ),
    });
    this.metrics.watch({
      name: 'campus_database_up',
      help: '1 when the database answers, 0 when it does not',
      read: () =>
        this.database.query('select 1').then(
          () => [{ value: 1 }],
          () => [{ value: 0 }],
        ),
    });
  }

  private async ask(sql: string): Promise<Reading[]> {
    const rows = await this.database.query<{ value: number; consumer?: string }[]>(sql);
    return rows.map(({ value, consumer }) =>
      consumer === undefined ? { value } : { value, labels: { consumer } },
    );
  }
}
