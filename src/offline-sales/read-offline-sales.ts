/** What the office and a cardholder may read of sales without a network: records, stopped terminals, totals, what is owed. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RecordFault } from './domain/judge-record.js';
import { OfflineSalesStore } from './store/offline-sales.store.js';
import { type Decided, type RecordDecision } from './store/records.js';

export type KeptRecord = Decided & {
  readonly id: bigint;
  readonly terminal: bigint;
  readonly terminalCode: string;
  readonly merchant: bigint;
  readonly cardNumber: string | null;
  readonly amount: bigint | null;
  readonly owed: bigint;
  readonly paid: bigint;
  readonly occurredAt: Date | null;
  readonly receivedAt: Date;
  readonly approval: bigint | null;
  readonly text: Buffer;
};

export type StoppedTerminal = {
  readonly terminal: bigint;
  readonly code: string;
  readonly fault: RecordFault;
  readonly sequence: number;
  /** Sequences below it of which nothing came; the first hundred. */
  readonly missing: number[];
  readonly at: Date;
  readonly waiting: number;
};

export type OfflineTotal = {
  readonly decision: RecordDecision;
  readonly count: number;
  readonly amount: bigint;
  readonly owed: bigint;
  readonly paid: bigint;
};

export type OwedSale = {
  readonly payment: bigint;
  readonly shortNumber: string;
  readonly amount: bigint;
  readonly owed: bigint;
  readonly occurredAt: Date;
};

export type RecordSearch = {
  readonly decision?: RecordDecision | undefined;
  readonly isWaiting?: boolean;
  readonly terminal?: string | undefined;
  /** The last id of the page before: records come newest first. */
  readonly before?: string | undefined;
  readonly limit: number;
};

const owedSalesMax = 20;

type RecordRow = Record<string, string | null> & {
  readonly decision: KeptRecord['decision'];
  readonly reason: KeptRecord['reason'];
  readonly bears: KeptRecord['bears'];
  readonly occurred_at: Date | null;
  readonly received_at: Date;
  readonly text: Buffer;
};

const number = (value: string | null | undefined): bigint | null =>
  value === null || value === undefined ? null : BigInt(value);

const recordOf = (row: RecordRow): KeptRecord => ({
  id: BigInt(row['id'] ?? 0),
  sequence: Number(row['sequence']),
  orderNumber: row['order_no'] ?? null,
  shortNumber: row['short_number'] ?? null,
  decision: row.decision,
  reason: row.reason,
  bears: row.bears,
  payment: number(row['payment']),
  terminal: BigInt(row['terminal'] ?? 0),
  terminalCode: row['terminal_code'] ?? '',
  merchant: BigInt(row['merchant'] ?? 0),
  cardNumber: row['card_number'] ?? null,
  amount: number(row['amount']),
  owed: BigInt(row['owed'] ?? 0),
  paid: BigInt(row['paid'] ?? 0),
  occurredAt: row.occurred_at,
  receivedAt: row.received_at,
  approval: number(row['approval']),
  text: row.text,
});

@Injectable()
export class ReadOfflineSales {
  constructor(
    private readonly database: DataSource,
    private readonly store: OfflineSalesStore,
  ) {}

  /** Newest first. */
  async records({
    decision,
    isWaiting,
    terminal,
    before,
    limit,
  }: RecordSearch): Promise<KeptRecord[]> {
    const rows = await this.database.query<RecordRow[]>(
      `select r.id, r.sequence, r.order_no, r.short_number, r.decision, r.reason, r.bears, r.payment, r.terminal,
         t.code as terminal_code, r.merchant, c.number as card_number, r.amount, r.owed, r.paid, r.occurred_at,
         r.received_at, r.approval, r.text
       from offline_sales.record r
       join terminals.terminal t on t.id = r.terminal
       left join cards.card c on c.id = r.card
       where ($1::text is null or r.decision = $1) and ($2::bigint is null or r.terminal = $2)
         and ($3::bigint is null or r.id < $3) and (not $4 or r.bears is null)
       order by r.id desc limit $5`,
      [decision ?? null, terminal ?? null, before ?? null, isWaiting ?? false, limit],
    );
    return rows.map(recordOf);
  }

  /** Terminals that sell nothing by themselves until two people have looked, with what is missing of their records. */
  async stopped(): Promise<StoppedTerminal[]> {
    const rows = await this.database.query<
      {
        terminal: string;
        code: string;
        fault: RecordFault;
        sequence: string;
        missing: string[];
        at: Date;
        waiting: number;
      }[]
    >(
      `select c.terminal, t.code, c.stopped_by as fault, c.stopped_sequence as sequence, c.stopped_at as at,
         array(
           select m.number::text from generate_series(b.last + 1, least(c.stopped_sequence - 1, b.last + 100)) m (number)
         ) as missing,
         (select count(*)::int from offline_sales.record r where r.terminal = c.terminal and r.bears is null) as waiting
       from offline_sales.chain c
       join terminals.terminal t on t.id = c.terminal
       cross join lateral (
         select coalesce(max(r.sequence), 0) as last from offline_sales.record r
         where r.terminal = c.terminal and r.sequence < c.stopped_sequence
       ) b
       where c.stopped_by is not null order by c.stopped_at`,
    );
    return rows.map((row) => ({
      ...row,
      terminal: BigInt(row.terminal),
      sequence: Number(row.sequence),
      missing: row.missing.map(Number),
    }));
  }

  /** What came of the records that arrived on a business day: they count on the day on which they became known. */
  async totals(date: string): Promise<OfflineTotal[]> {
    const rows = await this.database.query<
      { decision: RecordDecision; count: number; amount: string; owed: string; paid: string }[]
    >(
      `select r.decision, count(*)::int as count, coalesce(sum(r.amount), 0) as amount, sum(r.owed) as owed,
         sum(r.paid) as paid
       from platform.campus z, offline_sales.record r
       where r.received_at >= $1::date::timestamp at time zone z.time_zone
         and r.received_at < ($1::date + 1)::timestamp at time zone z.time_zone
       group by r.decision order by r.decision`,
      [date],
    );
    return rows.map(({ amount, owed, paid, ...row }) => ({
      ...row,
      amount: BigInt(amount),
      owed: BigInt(owed),
      paid: BigInt(paid),
    }));
  }

  /** What a card owes now, and the sales that it came from. */
  async owed(card: bigint): Promise<{ amount: bigint; sales: OwedSale[] }> {
    const rows = await this.database.query<
      { payment: string; short_number: string; amount: string; owed: string; occurred_at: Date }[]
    >(
      `select r.payment, r.short_number, r.amount, r.owed, r.occurred_at from offline_sales.record r
       where r.card = $1 and r.owed > 0 order by r.id desc limit ${owedSalesMax}`,
      [card.toString()],
    );
    return {
      amount: await this.store.owedBy(card),
      sales: rows.map((row) => ({
        payment: BigInt(row.payment),
        shortNumber: row.short_number,
        amount: BigInt(row.amount),
        owed: BigInt(row.owed),
        occurredAt: row.occurred_at,
      })),
    };
  }
}
