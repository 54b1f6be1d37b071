/**
 * After a sale the card collects from its bank account what the sale spent of its cash, and nobody
 * tops up: at most once for each entry, never before the sale is decided, and whatever the bank
 * refuses is asked for with the next sale.
 */
import { Injectable } from '@nestjs/common';
import { FindAgreement } from '../bank/find-agreement.js';
import { InstructBank } from '../bank/instruct-bank.js';
import { toWireAmount } from '../money/amount.js';
import type { Tx } from '../platform/database/transaction.js';
import { appendEvent } from '../platform/events/outbox.js';
import { mostAfterLimit, mostAfterSuccess, planCollection } from './domain/plan-collection.js';
import type { CardFunded, CollectionFailed } from './funding.events.js';
import {
  insertCollection,
  isKnownEntry,
  isReversed,
  lockClaimed,
  lockClaimedOf,
  lockStanding,
  resolveCollection,
  setStanding,
  spentOf,
} from './store/collection.store.js';
import { cashMovedBy, cashRefundedOf } from './store/ledger-entry.store.js';
import { PostFunding } from './store/post-funding.js';

/** What the holder reads on the bank's statement. */
const purpose = '校园卡自动充值';

export type SpentEntry = {
  readonly payment: bigint;
  readonly card: bigint;
  readonly cardholder: bigint;
  readonly entry: bigint;
};

@Injectable()
export class CollectSpending {
  constructor(
    private readonly agreements: FindAgreement,
    private readonly bank: InstructBank,
    private readonly money: PostFunding,
  ) {}

  /**
   * Claims the collection of what an entry spent; the bank is called later, outside this
   * transaction.
   */
  async collect(tx: Tx, { payment, card, cardholder, entry }: SpentEntry): Promise<void> {
    const spent = -(await cashMovedBy(tx, entry, card));
    if (spent <= 0n) return;
    // Without an agreement the holder pays in some other way, and nothing is missing.
    const agreementId = await this.agreements.ofOwner(tx, card);
    if (agreementId === undefined || (await isReversed(tx, payment))) return;
    const { missing, most } = await lockStanding(tx, card);
    if (await isKnownEntry(tx, entry)) return;
    const amount = planCollection({ missing, spent, most });
    const asked =
      amount === 0n
        ? null
        : {
            instruction: (await this.bank.claimDebit(tx, { agreementId, amount, purpose }))
              .instructionId,
            amount,
          };
    await insertCollection(tx, { card, cardholder, payment, entry, spent, asked });
    await setStanding(tx, card, { missing: missing + spent - amount, most });
  }

  /** The office refunded part of a sale: its cash is in the purse, and the next collection is lowered by it. */
  async lower(
    tx: Tx,
    { payment, card, entry }: { payment: bigint; card: bigint; entry: bigint },
  ): Promise<void> {
    if ((await spentOf(tx, payment)) === 0n) return;
    const standing = await lockStanding(tx, card);
    const missing = standing.missing - (await cashMovedBy(tx, entry, card));
    await setStanding(tx, card, { ...standing, missing });
  }

  /**
   * A sale was taken back, which is always the whole of what no refund had returned. A debit that
   * was not sent is withdrawn; one that was sent stays, its money remains in the purse, and the next
   * collection is lowered by it.
   */
  async takeBack(tx: Tx, { payment, card }: { payment: bigint; card: bigint }): Promise<void> {
    const spent = await spentOf(tx, payment);
    if (spent === 0n) return;
    const returned = spent - (await cashRefundedOf(tx, payment, card));
    const standing = await lockStanding(tx, card);
    let missing = standing.missing - returned;
    for (const claimed of await lockClaimedOf(tx, payment)) {
      if (!(await this.bank.cancel(tx, claimed.instruction))) continue;
      await resolveCollection(tx, claimed.id, { state: 'cancelled', reason: 'payment_reversed' });
      missing += claimed.amount;
    }
    await setStanding(tx, card, { ...standing, missing });
  }

  /** The bank debited: the money goes into the card's cash purse. */
  async post(tx: Tx, debit: { instruction: bigint; bankReference: string | null }): Promise<void> {
    const claimed = await lockClaimed(tx, debit.instruction);
    if (claimed === undefined) return;
    const { id, card, cardholder, amount } = claimed;
    const entry = await this.money.post(tx, {
      card,
      kind: 'collection',
      source: 'bank',
      purse: { kind: 'cash', usableUntil: null },
      amount,
      about: { collection: String(id), bankReference: debit.bankReference ?? '' },
    });
    await resolveCollection(tx, id, { state: 'succeeded', postedEntry: entry });
    const { missing, most } = await lockStanding(tx, card);
    await setStanding(tx, card, { missing, most: mostAfterSuccess(most, amount) });
    await appendEvent(tx, 'card.funded', {
      cardholder: String(cardholder),
      card: String(card),
      amount: toWireAmount(amount),
      kind: 'collection',
      entry: String(entry),
      collection: String(id),
      import: null,
    } satisfies CardFunded);
  }

  /** The bank refused: the amount is missing again. */
  async giveUp(tx: Tx, debit: { instruction: bigint; reason: string }): Promise<void> {
    const claimed = await lockClaimed(tx, debit.instruction);
    if (claimed === undefined) return;
    const { id, card, cardholder, amount } = claimed;
    const { missing, most } = await lockStanding(tx, card);
    await setStanding(tx, card, {
      missing: missing + amount,
      most: debit.reason === 'limit' ? mostAfterLimit(amount) : most,
    });
    await resolveCollection(tx, id, { state: 'failed', reason: debit.reason });
    await appendEvent(tx, 'collection.failed', {
      cardholder: String(cardholder),
      card: String(card),
      amount: toWireAmount(amount),
      collection: String(id),
      reason: debit.reason,
    } satisfies CollectionFailed);
  }
}
