import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../platform/database/transaction.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import { IssueReceipt } from '../issue-receipt.js';

const paymentOf = ({ payload }: DomainEvent): bigint => BigInt(String(payload['payment']));

/** A sale at once; a device when its amount is final: at the last capture, or when its hold ends with something used. */
@Injectable()
export class IssueReceipts implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly receipts: IssueReceipt,
  ) {}

  onModuleInit(): void {
    const whenCaptured = async (event: DomainEvent, tx: Tx): Promise<void> => {
      if (event.payload['state'] === 'captured') await this.receipts.issue(tx, paymentOf(event));
    };
    this.relay.consume('receipts', {
      'payment.approved': whenCaptured,
      'payment.captured': whenCaptured,
      'payment.released': whenCaptured,
      'payment.reversed': (event, tx) => this.receipts.takeBack(tx, paymentOf(event)),
      'payment.refunded': (event, tx) =>
        this.receipts.refund(tx, paymentOf(event), {
          refund: String(event.payload['refund']),
          amount: BigInt(Number(event.payload['amount'])),
        }),
    });
  }
}
