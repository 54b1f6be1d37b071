import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { InstructionResolved } from '../../bank/bank.events.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import type { Tx } from '../../platform/database/transaction.js';
import { CollectSpending, type SpentEntry } from '../collect-spending.js';

type PaymentEvent = {
  readonly payment: string;
  readonly card: string;
  readonly cardholder: string;
  readonly state?: string;
  readonly entry?: string | null;
};

/** A hold spent nothing yet, and a release nothing at all: both come without an entry. */
function entryOf(event: DomainEvent): SpentEntry | undefined {
  const { payment, card, cardholder, state, entry } = event.payload as PaymentEvent;
  if (!entry || state === 'held') return undefined;
  return {
    payment: BigInt(payment),
    card: BigInt(card),
    cardholder: BigInt(cardholder),
    entry: BigInt(entry),
  };
}

/** One consumer for sales and for the bank's answers, so that they meet in the order in which they happened. */
@Injectable()
export class CollectAfterPayment implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly collecting: CollectSpending,
  ) {}

  onModuleInit(): void {
    const collect = async (event: DomainEvent, tx: Tx): Promise<void> => {
      const spent = entryOf(event);
      if (spent !== undefined) await this.collecting.collect(tx, spent);
    };
    this.relay.consume('funding', {
      'payment.approved': collect,
      'payment.captured': collect,
      'payment.reversed': async (event, tx) => {
        const returned = entryOf(event);
        if (returned !== undefined) await this.collecting.takeBack(tx, returned);
      },
      'instruction.succeeded': async (event, tx) => {
        const { instruction, bankReference } = event.payload as InstructionResolved;
        await this.collecting.post(tx, { instruction: BigInt(instruction), bankReference });
      },
      'instruction.failed': async (event, tx) => {
        const { instruction, reason } = event.payload as InstructionResolved;
        await this.collecting.giveUp(tx, {
          instruction: BigInt(instruction),
          reason: reason ?? 'refused',
        });
      },
    });
  }
}
