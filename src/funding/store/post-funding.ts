import { Injectable } from '@nestjs/common';
import { OpenPurse } from '../../cards/open-purse.js';
import { SettleOwed } from '../../offline-sales/settle-owed.js';
import type { Tx } from '../../platform/database/transaction.js';
import { recordFunding, type Source } from './ledger-entry.store.js';

/** Brings money into a purse of a card; what the card owes is paid first, in the same transaction. */
@Injectable()
export class PostFunding {
  constructor(
    private readonly purses: OpenPurse,
    private readonly owed: SettleOwed,
  ) {}

  /** @returns the entry that brought the money. */
  async post(
    tx: Tx,
    money: {
      readonly card: bigint;
      readonly kind: 'collection' | 'top-up' | 'subsidy';
      readonly source: Source;
      readonly purse: { readonly kind: string; readonly usableUntil: Date | null };
      readonly amount: bigint;
      readonly about: Record<string, string>;
    },
  ): Promise<bigint> {
    const { card, kind, source, purse, amount, about } = money;
    await this.owed.lockCard(tx, card);
    const account = await this.purses.open(tx, card, purse.kind, purse.usableUntil);
    const entry = await recordFunding(tx, { kind, source, purse: account, amount, about });
    await this.owed.settle(tx, card);
    return entry;
  }
}
