import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../platform/database/transaction.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import {
  approvalConsented,
  approvalRejected,
  type ApprovalDecided,
} from '../../staff/staff.events.js';
import { RefundPayment, refundApprovalKind } from '../refund-payment.js';

/** Only takes the word down: cards are locked later, one at a time, and not in the order of events. */
@Injectable()
export class RefundAfterApproval implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly refunds: RefundPayment,
  ) {}

  onModuleInit(): void {
    const decideAs =
      (state: 'accepted' | 'rejected') =>
      async (event: DomainEvent, tx: Tx): Promise<void> => {
        const word = event.payload as ApprovalDecided;
        if (word.kind === refundApprovalKind) await this.refunds.decide(tx, word, state);
      };
    this.relay.consume(
      'payment-refunds',
      { [approvalConsented]: decideAs('accepted'), [approvalRejected]: decideAs('rejected') },
      // It locks a card and its purses, which must not stay locked while others are waited for.
      { alone: [approvalConsented] },
    );
  }
}
