/** Whoever holds a receipt's link sees that receipt and nothing else; its offer is decided when it is first opened. */
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { FillOfferSlot, type Offer } from '../journeys/fill-offer-slot.js';
import { CountLanding } from '../messages/count-landing.js';
import { ReadConsents, type MarketingConsent } from '../messages/read-consents.js';
import { ReceiptsStore, type Receipt } from './store/receipts.store.js';

export type OpenedReceipt = {
  readonly receipt: Receipt;
  readonly offer: Offer | null;
  readonly marketing: MarketingConsent['state'];
};

@Injectable()
export class OpenReceipt {
  private readonly logger = new Logger('receipts');

  constructor(
    private readonly database: DataSource,
    private readonly receipts: ReceiptsStore,
    private readonly slot: FillOfferSlot,
    private readonly landings: CountLanding,
    private readonly consents: ReadConsents,
  ) {}

  /** @throws {Refusal} receipt_unknown */
  async open(token: string, visitor: string): Promise<OpenedReceipt> {
    const receipt = await this.receipts.find(token);
    const [offer] = await Promise.all([
      this.aside('offer', (tx) => this.offerFor(tx, receipt)),
      this.aside('landing', (tx) =>
        this.landings.count(tx, { kind: 'receipt', subject: receipt.payment, visitor }),
      ),
    ]);
    const { state } = await this.consents.marketing(receipt.cardholder);
    return { receipt, offer: offer ?? null, marketing: state };
  }

  private offerFor(tx: Tx, { payment, cardholder, card, placeId, state }: Receipt) {
    // Nothing is offered next to a sale that went wrong.
    if (state === 'reversed') return Promise.resolve(null);
    return this.slot.fill(tx, { payment, cardholder, card, place: placeId });
  }

  /** A receipt is a receipt, whatever becomes of the offer or of the count: each has its own transaction. */
  private async aside<Result>(
    what: string,
    work: (tx: Tx) => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await inTransaction(this.database, work);
    } catch (error) {
      this.logger.error(`${what}: ${(error as Error).message}`);
      return undefined;
    }
  }
}
