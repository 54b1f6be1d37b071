/** What a day came to by merchant: as it was kept when the day was closed, or as it stands while the day is open. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  addTotals,
  toSalesTotals,
  type SalesTotals,
  type Total,
  type TotalsRow,
} from './totals.js';

/** What a day came to: also what the office refunded in it. */
export type DayTotals = SalesTotals & { readonly voids: Total; readonly refunds: Total };

export type MerchantDay = DayTotals & {
  readonly merchant: bigint;
  readonly name: { readonly zh: string; readonly en: string };
};

export type BusinessDay = {
  readonly date: string;
  readonly closedAt: Date | null;
  readonly closedBy: bigint | null;
  /** The day's movements are those from here on, until before there. */
  readonly beginsAt: Date;
  readonly endsAt: Date;
  readonly merchants: readonly MerchantDay[];
  readonly total: DayTotals;
  /** Money that is still set aside, or was at the close. */
  readonly openHolds: Total;
  /** What the movements of a closed day say beyond what was kept: not zero means that somebody must look. */
  readonly afterClose: bigint;
};

type DayRow = {
  begins_at: Date;
  ends_at: Date;
  closed_at: Date | null;
  closed_by: string | null;
  holds_count: number;
  holds_amount: string;
};

type MerchantRow = TotalsRow & {
  voids_count: number;
  voids_amount: string;
  refunds_count: number;
  refunds_amount: string;
  merchant: string;
  name_zh: string;
  name_en: string;
};

const none: Total = { count: 0, amount: 0n };

export const netOf = ({ sales, reversals, voids, refunds }: DayTotals): bigint =>
  sales.amount - reversals.amount - voids.amount - refunds.amount;

const sumOf = (totals: readonly DayTotals[]): DayTotals =>
  totals.reduce<DayTotals>(
    (sum, each) => ({
      sales: addTotals(sum.sales, each.sales),
      reversals: addTotals(sum.reversals, each.reversals),
      voids: addTotals(sum.voids, each.voids),
      refunds: addTotals(sum.refunds, each.refunds),
    }),
    { sales: none, reversals: none, voids: none, refunds: none },
  );

@Injectable()
export class ReadBusinessDay {
  constructor(private readonly database: DataSource) {}

  /** @param date `2026-11-22`, in campus time */
  async read(date: string): Promise<BusinessDay> {
    const day = await this.dayOf(date);
    const moved = await this.merchantsOf(date, 'settlement.day_totals($1)');
    const merchants =
      day.closed_at === null
        ? moved
        : await this.merchantsOf(
            date,
            '(select * from settlement.merchant_day d where d.date = $1::date)',
          );
    const total = sumOf(merchants);
    return {
      date,
      closedAt: day.closed_at,
      closedBy: day.closed_by === null ? null : BigInt(day.closed_by),
      beginsAt: day.begins_at,
      endsAt: day.ends_at,
      merchants,
      total,
      openHolds: { count: day.holds_count, amount: BigInt(day.holds_amount) },
      afterClose: netOf(sumOf(moved)) - netOf(total),
    };
  }

  private async dayOf(date: string): Promise<DayRow> {
    const rows = await this.database.query<[DayRow]>(
      `select w.begins_at, w.ends_at, b.closed_at, b.closed_by,
         coalesce(b.holds_count, h.holds_count) as holds_count,
         coalesce(b.holds_amount, h.holds_amount) as holds_amount
       from settlement.day_window($1) w
       cross join settlement.open_holds($1) h
       left join settlement.business_day b on b.date = $1::date`,
      [date],
    );
    return rows[0];
  }

  private async merchantsOf(date: string, totals: string): Promise<MerchantDay[]> {
    const rows = await this.database.query<MerchantRow[]>(
      `select t.merchant, m.name_zh, m.name_en, t.sales_count, t.sales_amount,
         t.reversals_count, t.reversals_amount, t.voids_count, t.voids_amount, t.refunds_count, t.refunds_amount
       from ${totals} t join places.merchant m on m.id = t.merchant order by t.merchant`,
      [date],
    );
    return rows.map((row) => ({
      merchant: BigInt(row.merchant),
      name: { zh: row.name_zh, en: row.name_en },
      ...toSalesTotals(row),
      voids: { count: row.voids_count, amount: BigInt(row.voids_amount) },
      refunds: { count: row.refunds_count, amount: BigInt(row.refunds_amount) },
    }));
  }
}
