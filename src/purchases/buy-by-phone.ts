/**
 * What a phone buys without a terminal is a sale like any other at the kiosk of the place that sells it, paid by a payment
 * code of the buyer's own phone: no more and no less than what a terminal would have scanned.
 */
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { FindCard } from '../cards/find-card.js';
import { AuthorizePayment } from '../payments/authorize-payment.js';
import { FindPayments } from '../payments/find-payments.js';
import type { Payment } from '../payments/payment.js';
import { Clock } from '../platform/clock/clock.js';
import { FindKiosk } from '../terminals/find-kiosk.js';

export type Purchase = {
  readonly cardholder: bigint;
  /** Who sells: its merchant gets the money, its kind says which purses pay. */
  readonly place: bigint;
  /** The phone's own number of this purchase, a lower-case UUIDv7. */
  readonly orderNumber: string;
  /** Twenty digits of the phone that buys: it proves itself, and confirms where that is asked. */
  readonly code: string;
  /** Fen, as the seller has priced it. */
  readonly amount: bigint;
  /** What is bought, in the seller's words, e.g. `pass:12`. Other words under one number are another purchase. */
  readonly about: string;
};

/** What tells two purchases under one order number apart; a seller keeps it beside its own order. */
export const purchaseHash = (purchase: Purchase): Buffer => {
  const { cardholder, place, amount, about, code } = purchase;
  return createHash('sha256')
    .update(JSON.stringify([`${cardholder}`, `${place}`, `${amount}`, about, code]))
    .digest();
};

@Injectable()
export class BuyByPhone {
  constructor(
    private readonly clock: Clock,
    private readonly cards: FindCard,
    private readonly kiosks: FindKiosk,
    private readonly payments: AuthorizePayment,
    private readonly found: FindPayments,
  ) {}

  /**
   * Called when the seller has kept its own order; what was bought is delivered after `payment.approved`, never here.
   * @returns the verdict; `pending` where the phone is asked first. The same purchase again is the same payment.
   * @throws {Refusal} place_not_found, place_closed, card_unknown, code_malformed, code_foreign, the index's refusals,
   *   order_number_reused, terminal_revoked
   */
  async buy(purchase: Purchase): Promise<Payment> {
    const kiosk = await this.kiosks.openAt(purchase.place);
    const card = await this.cards.ofCardholder(purchase.cardholder);
    const { orderNumber, code, amount } = purchase;
    return this.payments.authorize({
      terminalKey: { terminal: kiosk, generation: 0 },
      orderNumber,
      hash: purchaseHash(purchase),
      sequence: await this.kiosks.nextSequence(),
      instrument: { type: 'code', code },
      amount: undefined,
      purchase: { card: card.id, amount },
      occurredAt: this.clock.now(),
    });
  }

  /** As it stands now. @throws {Refusal} order_unknown */
  async find(place: bigint, orderNumber: string): Promise<Payment> {
    return this.found.byOrderNumber((await this.kiosks.ofPlace(place)).id, orderNumber);
  }
}
