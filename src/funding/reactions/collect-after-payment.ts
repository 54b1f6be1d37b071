import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { InstructionResolved } from '../../bank/bank.events.js';
import type { PaymentFacts } from '../../payments/payments.events.js';
import type { Tx } from '../../platform/database/transaction.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import { CollectSpending } from '../collect-spending.js';

/**
 * One consumer for sales and the bank's answers: they are told in the order in which they happened.
 */
@Injectable()
export class CollectAfterPayment implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly collecting: CollectSpending,
  ) {}

  onModuleInit(): void {
    this.relay.consume(
      'funding',
      {
        'payment.approved': (event, tx) => this.collect(event, tx),
        'payment.captured': (event, tx) => this.collect(event, tx),
        'payment.reversed': (event, tx) => this.takeBack(event, tx),
        'payment.refunded': (event, tx) => this.lower(event, tx),
        'instruction.succeeded': (event, tx) => this.post(event, tx),
        'instruction.failed': (event, tx) => this.giveUp(event, tx),
      },
      // Its purse must not stay locked while another one is waited for.
      { alone: ['instruction.succeeded'] },
    );
  }

  /** What is only held has no entry yet: it is collected when it is captured. */
  private async collect(event: DomainEvent, tx: Tx): Promise<void> {
    const { payment, card, cardholder, entry } = event.payload as PaymentFacts;
    if (card === null || cardholder === null || entry === null) return;
    await this.collecting.collect(tx, {
      payment: BigInt(payment),
      card: BigInt(card),
      cardholder: BigInt(cardholder),
      entry: BigInt(entry),
    });
  }

  private async takeBack(event: DomainEvent, tx: Tx): Promise<void> {
    const { payment, card } = event.payload as PaymentFacts;
    if (card === null) return;
    await this.collecting.takeBack(tx, { payment: BigInt(payment), card: BigInt(card) });
  }

  private async lower(event: DomainEvent, tx: Tx): Promise<void> {
    const { payment, card, entry } = event.payload as PaymentFacts;
    if (card === null || entry === null) return;
    await this.collecting.lower(tx, {
      payment: BigInt(payment),
      card: BigInt(card),
      entry: BigInt(entry),
    });
  }

  private async post(event: DomainEvent, tx: Tx): Promise<void> {
    const { instruction, bankReference } = event.payload as InstructionResolved;
    await this.collecting.post(tx, { instruction: BigInt(instruction), bankReference });
  }

  private async giveUp(event: DomainEvent, tx: Tx): Promise<void> {
    const { instruction, reason } = event.payload as InstructionResolved;
    await this.collecting.giveUp(tx, {
      instruction: BigInt(instruction),
      reason: reason ?? 'refused',
    });
  }
}
