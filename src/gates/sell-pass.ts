/** A phone buys a pass: the order is kept, then paid, and the pass is given once, when the payment is approved. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Card } from '../cards/card.js';
import { FindCard } from '../cards/find-card.js';
import type { Payment } from '../payments/payment.js';
import { paymentsProblems } from '../payments/payments.errors.js';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { BuyByPhone, purchaseHash, type Purchase } from '../purchases/buy-by-phone.js';
import { gatesProblems } from './gates.errors.js';

export type PassOrder = Pick<Purchase, 'cardholder' | 'orderNumber' | 'code'> & {
  readonly offer: bigint;
};

type OrderOutcome = 'ordered' | 'known' | 'reused' | 'not_offered';

@Injectable()
export class SellPass {
  constructor(
    private readonly database: DataSource,
    private readonly cards: FindCard,
    private readonly purchases: BuyByPhone,
  ) {}

  /**
   * @returns the verdict as it stands; the same order again is the same sale.
   * @throws {Refusal} pass_not_offered, order_number_reused, and those of a purchase
   */
  async sell({ offer, ...order }: PassOrder): Promise<Payment> {
    const card = await this.cards.ofCardholder(order.cardholder);
    const [priced] = await this.database.query<{ place: string; amount: string }[]>(
      'select o.place, o.amount from gates.offer o where o.id = $1',
      [offer.toString()],
    );
    if (priced === undefined) throw new Refusal(gatesProblems, 'pass_not_offered');
    const purchase = {
      ...order,
      place: BigInt(priced.place),
      amount: BigInt(priced.amount),
      about: `pass:${offer}`,
    };
    const outcome = await this.keep(purchase, offer, card);
    if (outcome === 'not_offered') throw new Refusal(gatesProblems, 'pass_not_offered');
    if (outcome === 'reused') throw new Refusal(paymentsProblems, 'order_number_reused');
    return this.purchases.buy(purchase);
  }

  /** What the payment bought, if it was a pass. Again is nothing more. */
  async deliver(tx: Tx, payment: bigint): Promise<void> {
    await tx.query('select gates.deliver_pass($1)', [payment.toString()]);
  }

  /** A pass whose sale was given back lets nobody in. */
  async takeBack(tx: Tx, payment: bigint): Promise<void> {
    await tx.query('select gates.take_back_pass($1)', [payment.toString()]);
  }

  private async keep(purchase: Purchase, offer: bigint, card: Card): Promise<OrderOutcome> {
    const [row] = await this.database.query<{ outcome: OrderOutcome }[]>(
      'select gates.order_pass($1, $2, $3, $4, $5, $6) as outcome',
      [
        purchase.orderNumber,
        purchaseHash(purchase),
        offer.toString(),
        card.id.toString(),
        purchase.cardholder.toString(),
        card.group,
      ],
    );
    return row?.outcome ?? 'not_offered';
  }
}
