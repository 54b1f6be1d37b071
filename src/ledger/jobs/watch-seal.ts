import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../../platform/metrics/metrics.js';
import { ReadSeal } from '../read-seal.js';

/** How far the seal has come: what is in no block could still be altered unseen. */
@Injectable()
export class WatchSeal implements OnModuleInit {
  constructor(
    private readonly seal: ReadSeal,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.watch({
      name: 'campus_seal_lag_seconds',
      help: 'Age of the oldest entry that is in no sealed block',
      read: async () => [{ value: (await this.seal.lag()).oldestSeconds }],
    });
    this.metrics.watch({
      name: 'campus_seal_lag_entries',
      help: 'Entries behind the commit horizon that are in no sealed block',
      read: async () => [{ value: (await this.seal.lag()).entries }],
    });
  }
}
