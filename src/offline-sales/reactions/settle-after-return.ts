import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PaymentFacts } from '../../payments/payments.events.js';
import type { Tx } from '../../platform/database/transaction.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import { SettleOwed } from '../settle-owed.js';

/**
 * What is given back of a sale that was owed lowers the debt; was the debt paid before, it is too low then, and the difference
 * is the cardholder's cash. What is given back in cash pays what other sales left owing.
 */
@Injectable()
export class SettleAfterReturn implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly owed: SettleOwed,
  ) {}

  onModuleInit(): void {
    const settle = async (event: DomainEvent, tx: Tx): Promise<void> => {
      const { card } = event.payload as PaymentFacts;
      if (card !== null) await this.owed.settle(tx, BigInt(card));
    };
    const handlers = { 'payment.reversed': settle, 'payment.refunded': settle };
    // It locks a card and its purse, which must not stay locked while others are waited for.
    this.relay.consume('owed', handlers, { alone: Object.keys(handlers) });
  }
}
