import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import type { Payment } from './payment.js';
import { paymentsProblems } from './payments.errors.js';
import { PaymentRow } from './store/payment.row.js';
import { PaymentsStore } from './store/payments.store.js';

export type PaymentSearch = {
  readonly businessDate?: string;
  readonly terminal?: bigint;
  readonly card?: bigint;
  readonly verdict?: 'approved' | 'declined';
  /** The last id of the page before: payments come newest first. */
  readonly before?: bigint;
  readonly limit: number;
};

@Injectable()
export class FindPayments {
  constructor(
    private readonly database: DataSource,
    private readonly store: PaymentsStore,
  ) {}

  /** As its terminal knows it. @throws {Refusal} order_unknown, order_number_reversed */
  async byOrderNumber(terminal: bigint, orderNumber: string): Promise<Payment> {
    const found = await this.store.find(terminal, orderNumber);
    if (found === undefined) throw new Refusal(paymentsProblems, 'order_unknown');
    if ('payment' in found) return found.payment;
    throw new Refusal(paymentsProblems, 'order_number_reversed');
  }

  /** @throws {Refusal} payment_unknown */
  async byId(id: bigint): Promise<PaymentRow> {
    const [row] = await this.search({ limit: 1, before: id + 1n });
    if (row?.id !== id) throw new Refusal(paymentsProblems, 'payment_unknown');
    return row;
  }

  /** A card's own payments, newest first. */
  ofCard(card: bigint, page: { before?: bigint; limit: number }): Promise<PaymentRow[]> {
    return this.search({ card, ...page });
  }

  /** Newest first. */
  search({
    businessDate,
    terminal,
    card,
    verdict,
    before,
    limit,
  }: PaymentSearch): Promise<PaymentRow[]> {
    const query = this.database.getRepository(PaymentRow).createQueryBuilder('p');
    if (businessDate !== undefined)
      query.andWhere('p.business_date = :businessDate', { businessDate });
    if (terminal !== undefined)
      query.andWhere('p.terminal = :terminal', { terminal: terminal.toString() });
    if (card !== undefined) query.andWhere('p.card = :card', { card: card.toString() });
    if (verdict !== undefined) query.andWhere('p.verdict = :verdict', { verdict });
    if (before !== undefined) query.andWhere('p.id < :before', { before: before.toString() });
    return query.orderBy('p.id', 'DESC').limit(limit).getMany();
  }
}
