import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PaymentEvents } from '../payments/payments.events.js';
import type { Tx } from '../platform/database/transaction.js';
import type { DomainEvent } from '../platform/events/outbox.js';
import { RelayEvents } from '../platform/events/relay-events.js';
import { personas } from './personas.js';

/**
 * In a sandbox the phones of some test students answer by themselves: what waits for them is confirmed or refused a moment
 * later, by the same word that a phone gives.
 */
@Injectable()
export class AnswerQuestions implements OnModuleInit {
  constructor(private readonly relay: RelayEvents) {}

  onModuleInit(): void {
    this.relay.consume(
      'sandbox',
      { 'payment.pending': (event, tx) => this.answer(event, tx) },
      // It locks a card and its purses, which must not stay locked while others are waited for.
      { alone: ['payment.pending'] },
    );
  }

  private async answer({ payload }: DomainEvent, tx: Tx): Promise<void> {
    const { payment, card } = payload as PaymentEvents['payment.pending'];
    const [row] = (await tx.query('select c.number from cards.card c where c.id = $1', [card])) as {
      number: string;
    }[];
    const persona = personas.find(({ cardNumber }) => cardNumber === row?.number);
    const word = persona?.word ?? 'nothing';
    if (word === 'nothing') return;
    // Only the phone whose code was scanned is heard; a sale that awaits the cashier goes on waiting.
    await tx.query(
      `select payments.give_word(c.payment, $2, c.credential, null)
       from payments.confirmation c where c.payment = $1`,
      [payment, word],
    );
  }
}
