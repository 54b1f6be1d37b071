/**
 * What waits is decided by two people of the office: released, it is decided as it would have been; dismissed, the merchant
 * bears it. What the house is to bear, it bears by their word alone, and for one terminal only so much in a business day.
 */
import { readOfflineRecord } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { formatYuan } from '../money/amount.js';
import { FindPlaces } from '../places/find-places.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { ProposeApproval } from '../staff/propose-approval.js';
import type { ApprovalDecided } from '../staff/staff.events.js';
import { DecideRecord, type Brought } from './decide-record.js';
import { judgeRecord } from './domain/judge-record.js';
import { offlineSalesProblems } from './offline-sales.errors.js';
import { OfflineSalesStore } from './store/offline-sales.store.js';
import { type Waiting } from './store/records.js';

/** The approvals' kinds, and the permissions that both people hold. */
export const releaseApprovalKind = 'payments.release';
export const dismissApprovalKind = 'payments.dismiss';

export type ReleaseWish = {
  readonly record: bigint;
  readonly kind: typeof releaseApprovalKind | typeof dismissApprovalKind;
  /** Why, for the second person. */
  readonly reason: string;
  readonly maker: bigint;
};

@Injectable()
export class ReleaseRecord {
  constructor(
    private readonly database: DataSource,
    private readonly store: OfflineSalesStore,
    private readonly deciding: DecideRecord,
    private readonly places: FindPlaces,
    private readonly approvals: ProposeApproval,
  ) {}

  /** @throws {Refusal} offline_record_decided, offline_record_unreadable, approval_already_proposed */
  propose({ record, kind, reason, maker }: ReleaseWish): Promise<bigint> {
    return inTransaction(this.database, async (tx) => {
      const waiting = await this.store.findWaiting(tx, record);
      if (waiting === undefined) throw new Refusal(offlineSalesProblems, 'offline_record_decided');
      const sale = saleOf(waiting);
      if (kind === releaseApprovalKind && sale === undefined)
        throw new Refusal(offlineSalesProblems, 'offline_record_unreadable');
      const what =
        sale === undefined
          ? 'an unreadable record'
          : `${formatYuan(BigInt(sale.amount))} sold without a network at ${sale.occurredAt}`;
      const verb = kind === releaseApprovalKind ? 'Release' : 'Dismiss';
      const summary = `${verb} ${what} (${waiting.reason}): ${reason}`;
      const subject = record.toString();
      const approval = await this.approvals.propose(tx, { maker, kind, subject, summary });
      await this.store.ask(tx, record, approval, maker);
      return approval;
    });
  }

  /** The second person consented: carried out at once, in the transaction in which it is heard. */
  async carryOut(tx: Tx, { approval, subject, kind, checker }: ApprovalDecided): Promise<void> {
    const waiting = await this.store.takeWord(tx, subject, approval);
    if (waiting === undefined) return;
    const isReleased = kind === releaseApprovalKind;
    if (isReleased) await this.release(tx, waiting);
    else await this.store.refuse(tx, waiting.id, null);
    await this.store.closeWord(tx, waiting.id, checker, isReleased);
  }

  private async release(tx: Tx, waiting: Waiting): Promise<void> {
    const record = saleOf(waiting);
    const place = await this.places.byPlaceId(BigInt(waiting.place));
    invariant(record !== undefined && place !== undefined, 'A record that waits cannot be read.');
    const { account } = place.merchant;
    if (waiting.decision === 'replayed') return this.store.bear(tx, waiting.id, account, null);
    const brought: Brought = { terminal: BigInt(waiting.terminal), place, record };
    const weighed = await this.deciding.weigh(tx, brought, undefined);
    const judgement = judgeRecord(weighed.facts, true);
    switch (judgement.kind) {
      case 'sell':
        await this.deciding.sell(tx, BigInt(waiting.id), brought, weighed);
        return;
      case 'bear':
        return this.store.bear(tx, waiting.id, account, judgement.reason);
      case 'replay':
        if (judgement.bears === 'house')
          return this.store.bear(tx, waiting.id, account, judgement.reason);
        return this.store.refuse(tx, waiting.id, judgement.reason);
      case 'quarantine':
      case 'refuse':
        return this.store.refuse(tx, waiting.id, judgement.reason);
    }
  }
}

/** What cannot be read, or was not signed by its terminal, is nobody's word: nothing can be sold by it. */
function saleOf({ text, reason }: Waiting) {
  if (reason === 'record_forged' || reason === 'record_of_another') return undefined;
  const reading = readOfflineRecord(text.toString('utf8'));
  return reading.ok ? reading.record : undefined;
}
