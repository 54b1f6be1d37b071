/** A refusal on a receipt's page is a refusal of all marketing, for good: who holds the link speaks for the student. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { FollowOffer } from '../journeys/follow-offer.js';
import { RefuseMarketing } from '../messages/refuse-marketing.js';
import { ReceiptsStore } from './store/receipts.store.js';

@Injectable()
export class RefuseOnReceipt {
  constructor(
    private readonly database: DataSource,
    private readonly receipts: ReceiptsStore,
    private readonly refusal: RefuseMarketing,
    private readonly offers: FollowOffer,
  ) {}

  /** @throws {Refusal} receipt_unknown */
  async refuse(token: string): Promise<void> {
    const { cardholder, payment } = await this.receipts.find(token);
    await inTransaction(this.database, async (tx) => {
      await this.refusal.refuse(tx, cardholder, 'receipt');
      await this.offers.noteRefusal(tx, payment);
    });
  }
}
