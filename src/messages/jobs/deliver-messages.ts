import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { WechatApi } from '../../platform/wechat/wechat-api.js';
import type { Parcel, SendOutcome } from '../channels/channel.js';
import { WechatChannel } from '../channels/wechat-channel.js';
import { DeliveriesStore } from '../store/deliveries.store.js';

const everyMs = 500;
const callsAtOnce = 8;
const turnsMax = 200;
const busyRetriesMax = 3;

type Of<Kind extends SendOutcome['kind']> = Extract<SendOutcome, { kind: Kind }>;

/** Half to one and a half times 1, 2, 4 … seconds: many who wait must not come back together. */
const jitteredMs = (attempt: number): number => 1_000 * 2 ** (attempt - 1) * (0.5 + Math.random());

/**
 * Brings queued messages to phones: claim, call, record. What a lost process had claimed is unknown and not sent again.
 */
@Injectable()
export class DeliverMessages implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('messages');
  private stopped = false;

  constructor(
    private readonly jobs: RunJobs,
    private readonly wechat: WechatApi,
    private readonly channel: WechatChannel,
    private readonly deliveries: DeliveriesStore,
  ) {}

  onModuleInit(): void {
    if (!this.wechat.isConfigured) return;
    this.jobs.add({ name: 'deliver-messages', everyMs, run: () => this.deliver() });
  }

  onApplicationShutdown(): void {
    this.stopped = true;
  }

  async deliver(): Promise<void> {
    await this.deliveries.tidy();
    for (let turn = 0; turn < turnsMax && !this.stopped; turn += 1) {
      const parcels = await this.deliveries.claim(callsAtOnce);
      if (parcels.length === 0) return;
      await Promise.all(parcels.map((parcel) => this.deliverOne(parcel)));
    }
  }

  private async deliverOne(parcel: Parcel): Promise<void> {
    await this.record(parcel, await this.channel.send(parcel));
  }

  private record(parcel: Parcel, outcome: SendOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'sent':
        return this.deliveries.end(parcel, { state: 'sent', msgid: outcome.msgid });
      case 'unknown':
        return this.deliveries.end(parcel, { state: 'unknown', reason: 'no_answer' });
      case 'refused':
        return this.recordRefused(parcel, outcome);
      case 'dead':
        return this.recordDead(parcel, outcome);
      case 'retry':
        return this.recordRetry(parcel, outcome);
    }
  }

  private async recordRefused(parcel: Parcel, { why, code, rid }: Of<'refused'>): Promise<void> {
    // The last allowance is gone and only this message could have used it: the silent call had arrived.
    if (why === 'no_allowance' && parcel.retriedAfterSilence)
      return this.deliveries.end(parcel, { state: 'sent', reason: 'already_sent', code, rid });
    await this.deliveries.end(parcel, { state: 'failed', reason: why, code, rid }, (tx) =>
      why === 'no_allowance'
        ? this.deliveries.endAllowance(tx, parcel)
        : this.deliveries.loseAddress(tx, parcel, code),
    );
  }

  private async recordDead(parcel: Parcel, { why, code, rid }: Of<'dead'>): Promise<void> {
    this.logger.error(`message ${parcel.message}: ${why} (${code}, ${rid ?? 'no rid'})`);
    await this.deliveries.end(
      parcel,
      { state: 'failed', reason: why, code, rid },
      why === 'template_stopped'
        ? (tx) => this.deliveries.stopTemplate(tx, parcel, code)
        : undefined,
    );
  }

  private async recordRetry(parcel: Parcel, { wait, code, rid }: Of<'retry'>): Promise<void> {
    if (wait === 'a_moment' && parcel.attempt > busyRetriesMax)
      return this.deliveries.end(parcel, { state: 'failed', reason: 'busy', code, rid });
    if (wait !== 'a_moment') await this.deliveries.pauseChannel(wait, code);
    await this.deliveries.queueAgain(parcel, {
      afterMs: wait === 'a_moment' ? jitteredMs(parcel.attempt) : 0,
      code,
      rid,
      neverLeft: wait !== 'a_moment',
    });
  }
}
