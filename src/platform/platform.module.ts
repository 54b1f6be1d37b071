import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { DataSource, type MixedList } from 'typeorm';
import { AccessGuard, Authenticators } from './access/access.js';
import { Clock } from './clock/clock.js';
import { AppConfig } from './config/app-config.js';
import { openKeyRing } from './config/key-ring.js';
import { keyRingToken } from './config/key-ring.token.js';
import { MakePartitions } from './database/make-partitions.js';
import { createDataSource } from './database/data-source.js';
import { ProblemFilter } from './errors/problem.filter.js';
import { FollowEvents } from './events/follow-events.js';
import { RelayEvents } from './events/relay-events.js';
import { Metrics } from './metrics/metrics.js';
import { WatchPlatform } from './metrics/watch-platform.js';
import { HealthController } from './http/health.controller.js';
import { requestValidation } from './http/validation.pipe.js';
import { RunJobs } from './jobs/run-jobs.js';
import { proofSourcesToken, type ProofSource } from './proofs/proof.js';
import { ProveBooks } from './proofs/prove-books.js';
import { WechatApi } from './wechat/wechat-api.js';

/** The ground for every module: they take what it exports without importing it. */
@Global()
@Module({})
export class PlatformModule {
  static of(
    config: AppConfig,
    rows: MixedList<new () => object>,
    proofs: readonly ProofSource[] = [],
  ): DynamicModule {
    return {
      module: PlatformModule,
      imports: [DiscoveryModule],
      controllers: [HealthController],
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: keyRingToken, useFactory: () => openKeyRing(config) },
        {
          provide: DataSource,
          useFactory: () => createDataSource(config, rows).initialize(),
        },
        Clock,
        Authenticators,
        RelayEvents,
        FollowEvents,
        RunJobs,
        MakePartitions,
        Metrics,
        WatchPlatform,
        { provide: proofSourcesToken, useValue: proofs },
        ProveBooks,
        WechatApi,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useFactory: requestValidation },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [
        AppConfig,
        keyRingToken,
        DataSource,
        Clock,
        Authenticators,
        RelayEvents,
        FollowEvents,
        RunJobs,
        Metrics,
        ProveBooks,
        WechatApi,
      ],
    };
  }
}
