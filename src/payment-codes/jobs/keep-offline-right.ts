import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from '../../platform/metrics/metrics.js';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { HotlistStore } from '../store/hotlist.store.js';

const listEveryMs = 5_000;
const endEveryMs = 60_000;
const forgetEveryMs = 60 * 60_000;
const warnEveryMs = 60 * 60_000;
const batchMax = 500;

/**
 * What certificates leave behind, and what they need: a new list when one has to be listed, money that is free again, rows
 * that nobody needs, and a warning before the last key that signs them ends.
 */
@Injectable()
export class KeepOfflineRight implements OnModuleInit {
  constructor(
    private readonly jobs: RunJobs,
    private readonly metrics: Metrics,
    private readonly database: DataSource,
    private readonly hotlists: HotlistStore,
  ) {}

  onModuleInit(): void {
    this.jobs.add({
      name: 'make-hotlist',
      everyMs: listEveryMs,
      run: async () => void (await this.hotlists.make()),
    });
    this.jobs.add({
      name: 'end-expired-allowances',
      everyMs: endEveryMs,
      run: () => this.repeat('payment_codes.end_expired_allowances'),
    });
    this.jobs.add({
      name: 'forget-certificates',
      everyMs: forgetEveryMs,
      run: () => this.repeat('payment_codes.forget_certificates'),
    });
    this.jobs.add({
      name: 'warn-of-issuer-keys',
      everyMs: warnEveryMs,
      run: async () =>
        void (await this.database.query('select payment_codes.warn_of_issuer_keys()')),
    });
    this.metrics.watch({
      name: 'campus_issuer_key_days',
      help: 'Days until no issuer key signs certificates any more',
      read: async () => {
        const [row] = await this.database.query<{ days: number | null }[]>(
          `select (extract(epoch from max(k.not_after) - platform.now()) / 86400)::float8 as days
           from payment_codes.issuer_key k where k.retired_at is null and k.withdrawn_at is null`,
        );
        return [{ value: row?.days ?? 0, labels: {} }];
      },
    });
    this.metrics.watch({
      name: 'campus_hotlisted_certificates',
      help: 'Certificates on the list that terminals without a network refuse; 50000 fit',
      read: async () => {
        const [row] = await this.database.query<{ count: number }[]>(
          'select count(*)::int as count from payment_codes.hotlist_entry e where e.removed_in is null',
        );
        return [{ value: row?.count ?? 0, labels: {} }];
      },
    });
  }

  private async repeat(rule: string): Promise<void> {
    for (let count = batchMax; count === batchMax;) {
      const [row] = await this.database.query<{ count: number }[]>(`select ${rule}($1) as count`, [
        batchMax,
      ]);
      count = row?.count ?? 0;
    }
  }
}
