import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import type { Payment, Verdict } from './payment.js';
import type { TakenBackBy } from './payments.events.js';
import { paymentsProblems } from './payments.errors.js';
import { PaymentRow } from './store/payment.row.js';
import { PaymentsStore } from './store/payments.store.js';

export type PaymentSearch = {
  readonly businessDate?: string;
  readonly terminal?: bigint;
  readonly card?: bigint;
  readonly verdict?: Verdict;
  /** The id of the last payment of the page before: payments come newest first. */
  readonly before?: bigint;
  readonly limit: number;
};

type Filter = Omit<PaymentSearch, 'before' | 'limit'> & {
  readonly from?: string;
  readonly until?: string;
};

const dayMs = 86_400_000;
const lookBackGrowth = 4;

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
    if ('payment' in found) return this.store.withWait(found.payment);
    throw new Refusal(paymentsProblems, 'order_number_reversed');
  }

  /** @throws {Refusal} payment_unknown */
  async byId(id: bigint): Promise<PaymentRow> {
    const row = await this.database
      .getRepository(PaymentRow)
      .createQueryBuilder('p')
      .where('p.id = :id', { id: id.toString() })
      .getOne();
    if (row === null) throw new Refusal(paymentsProblems, 'payment_unknown');
    return row;
  }

  /** A card's own payments, newest first. @throws {Refusal} payment_unknown, when there is no such `before` */
  ofCard(card: bigint, page: { before?: bigint; limit: number }): Promise<PaymentRow[]> {
    return this.search({ card, ...page });
  }

  /**
   * Newest first by the moment of decision: ids are drawn by processes in stocks and have no order in time.
   * @throws {Refusal} payment_unknown, when there is no such `before`
   */
  async search({ before, limit, ...filter }: PaymentSearch): Promise<PaymentRow[]> {
    const last = before === undefined ? undefined : await this.byId(before);
    if (filter.card !== undefined || filter.businessDate !== undefined)
      return this.page(filter, last, limit);
    // Day by day, and further back at each look while the page is not full: an index finds days, and only they are sorted.
    const { oldest, newest } = await this.span();
    const found: PaymentRow[] = [];
    let until = last?.businessDate ?? newest;
    for (let days = 1; found.length < limit && until >= oldest; days *= lookBackGrowth) {
      const from = daysAfter(until, 1 - days);
      found.push(...(await this.page({ ...filter, from, until }, last, limit - found.length)));
      until = daysAfter(from, -1);
    }
    return found;
  }

  /** Of these payments, those that somebody took back, and who: a terminal by a reversal, a cashier by a void. */
  async takenBack(payments: readonly PaymentRow[]): Promise<ReadonlyMap<bigint, TakenBackBy>> {
    const ended = payments.filter(({ state }) => state === 'reversed' || state === 'released');
    if (ended.length === 0) return new Map();
    const rows = await this.database.query<{ payment: string; by: TakenBackBy }[]>(
      `select r.payment, case r.reason when 'void' then 'cashier' else 'terminal' end as by
       from payments.reversal r where r.payment = any ($1::bigint[])`,
      [ended.map(({ id }) => id.toString())],
    );
    return new Map(rows.map(({ payment, by }) => [BigInt(payment), by]));
  }

  private page(filter: Filter, last: PaymentRow | undefined, limit: number): Promise<PaymentRow[]> {
    const { businessDate, terminal, card, verdict, from, until } = filter;
    const query = this.database.getRepository(PaymentRow).createQueryBuilder('p');
    if (businessDate !== undefined)
      query.andWhere('p.business_date = :businessDate', { businessDate });
    if (until !== undefined)
      query.andWhere('p.business_date between :from and :until', { from, until });
    if (terminal !== undefined)
      query.andWhere('p.terminal = :terminal', { terminal: terminal.toString() });
    if (card !== undefined) query.andWhere('p.card = :card', { card: card.toString() });
    if (verdict !== undefined) query.andWhere('p.verdict = :verdict', { verdict });
    // Compared where both are exact: a Date has no microseconds.
    if (last !== undefined)
      query.andWhere(
        '(p.decided_at, p.id) < (select l.decided_at, l.id from payments.payment l where l.id = :last)',
        { last: last.id.toString() },
      );
    return query.orderBy('p.decidedAt', 'DESC').addOrderBy('p.id', 'DESC').limit(limit).getMany();
  }

  private async span(): Promise<{ oldest: string; newest: string }> {
    const [row] = await this.database.query<{ oldest: string | null; newest: string | null }[]>(
      `select min(business_date)::text as oldest, max(business_date)::text as newest
       from payments.payment`,
    );
    return { oldest: row?.oldest ?? '9999-12-31', newest: row?.newest ?? '0001-01-01' };
  }
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}
