import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PaymentFacts } from '../../payments/payments.events.js';
import { FindPlaces } from '../../places/find-places.js';
import type { Tx } from '../../platform/database/transaction.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import { BuyCredit } from '../buy-credit.js';

/** What a payment bought comes to the meter, and what goes back of the payment leaves it. */
@Injectable()
export class DeliverCredit implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly places: FindPlaces,
    private readonly credit: BuyCredit,
  ) {}

  onModuleInit(): void {
    const deliver = (payment: bigint, tx: Tx): Promise<void> => this.credit.deliver(tx, payment);
    const takeBack = (payment: bigint, tx: Tx): Promise<void> => this.credit.takeBack(tx, payment);
    this.relay.consume('room-credit', {
      'payment.approved': this.atDorms(deliver),
      'payment.reversed': this.atDorms(takeBack),
      'payment.refunded': this.atDorms(takeBack),
    });
  }

  /** Credit is sold at dorms alone: the sales of canteens ask the database nothing. */
  private atDorms(act: (payment: bigint, tx: Tx) => Promise<void>) {
    return async ({ payload }: DomainEvent, tx: Tx): Promise<void> => {
      const { payment, place } = payload as PaymentFacts;
      if ((await this.places.byPlaceId(BigInt(place)))?.kind === 'dorm')
        await act(BigInt(payment), tx);
    };
  }
}
