import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { PaymentFacts } from '../../payments/payments.events.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RelayEvents } from '../../platform/events/relay-events.js';
import { mayBeByPhone } from '../../purchases/by-phone.js';
import { SellPass } from '../sell-pass.js';

const paymentOf = ({ payload }: DomainEvent): bigint => BigInt(String(payload['payment']));

/** A pass follows its payment: given when that is approved, ended when money of it goes back. */
@Injectable()
export class DeliverPasses implements OnModuleInit {
  constructor(
    private readonly relay: RelayEvents,
    private readonly passes: SellPass,
  ) {}

  onModuleInit(): void {
    this.relay.consume(
      'gates',
      {
        'payment.approved': async (event, tx) => {
          if (mayBeByPhone(event.payload as PaymentFacts))
            await this.passes.deliver(tx, paymentOf(event));
        },
        'payment.reversed': (event, tx) => this.passes.takeBack(tx, paymentOf(event)),
        'payment.refunded': (event, tx) => this.passes.takeBack(tx, paymentOf(event)),
      },
      // Passes of several events would be locked in the order of the events.
      { alone: ['payment.reversed', 'payment.refunded'] },
    );
  }
}
