/** Money that comes into a card's cash pays first what sales without a network left owing. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';

@Injectable()
export class SettleOwed {
  /** For whoever brings money: before the purse is locked, so that cards stand before accounts. */
  async lockCard(tx: Tx, card: bigint): Promise<void> {
    await tx.query('select cards.lock(array[$1::bigint])', [card.toString()]);
  }

  /** As its own entry, in the transaction that brought the money. */
  async settle(tx: Tx, card: bigint): Promise<void> {
    await tx.query('select offline_sales.settle_owed($1)', [card.toString()]);
  }
}
