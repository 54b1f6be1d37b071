import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { paymentCodesProblems } from './payment-codes.errors.js';

/** How much may be sold without a network. Amounts in fen. */
export type OfflineLimits = {
  /** What is set aside of a card's cash: at most so much, so much stays free, and less than so much is not set aside. */
  readonly allowance: { readonly most: bigint; readonly spares: bigint; readonly least: bigint };
  /** What one terminal may sell by itself before it has been heard again. */
  readonly perTerminal: {
    readonly amount: bigint;
    readonly records: number;
    readonly hours: number;
  };
  /** What a certificate permits at one terminal, by its owner's group. */
  readonly classes: readonly {
    readonly group: string;
    readonly perSale: bigint;
    readonly perCard: bigint;
  }[];
};

type PolicyRow = Record<'most' | 'spares' | 'least' | 'amount', string> &
  Record<'records' | 'hours', number>;
type ClassRow = { group: string; perSale: string; perCard: string };

/** The campus says how much it risks without a network: terminals hear of it with their settings, phones at their next certificate. */
@Injectable()
export class SetOfflineTerms {
  constructor(private readonly database: DataSource) {}

  async read(): Promise<OfflineLimits> {
    const [row] = await this.database.query<[PolicyRow]>(
      `select allowance_most as most, allowance_spares as spares, allowance_least as least,
         terminal_amount as amount, terminal_records as records, terminal_hours as hours
       from payment_codes.offline_policy`,
    );
    const classes = await this.database.query<ClassRow[]>(
      `select l.group_code as "group", l.per_sale as "perSale", l.per_card as "perCard"
       from payment_codes.limit_class l order by l.class`,
    );
    return {
      allowance: {
        most: BigInt(row.most),
        spares: BigInt(row.spares),
        least: BigInt(row.least),
      },
      perTerminal: { amount: BigInt(row.amount), records: row.records, hours: row.hours },
      classes: classes.map(({ group, perSale, perCard }) => ({
        group,
        perSale: BigInt(perSale),
        perCard: BigInt(perCard),
      })),
    };
  }

  /** All at once; a group that is left out stays as it is. @throws {Refusal} offline_terms_wrong */
  async set({ allowance, perTerminal, classes }: OfflineLimits): Promise<void> {
    if (allowance.least > allowance.most || classes.some((one) => one.perSale > one.perCard))
      throw new Refusal(paymentCodesProblems, 'offline_terms_wrong');
    await inTransaction(this.database, async (tx) => {
      await tx.query(
        `update payment_codes.offline_policy set allowance_most = $1, allowance_spares = $2, allowance_least = $3,
           terminal_amount = $4, terminal_records = $5, terminal_hours = $6`,
        [
          allowance.most.toString(),
          allowance.spares.toString(),
          allowance.least.toString(),
          perTerminal.amount.toString(),
          perTerminal.records,
          perTerminal.hours,
        ],
      );
      for (const { group, perSale, perCard } of classes)
        await tx.query(
          'update payment_codes.limit_class set per_sale = $2, per_card = $3 where group_code = $1',
          [group, perSale.toString(), perCard.toString()],
        );
    });
  }
}
