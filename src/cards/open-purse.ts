import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import type { PurseKind } from './card.js';

/** A card has one purse for each kind and last day of use; asking again gives the same one. */
@Injectable()
export class OpenPurse {
  /** @returns the purse's ledger account. */
  async open(tx: Tx, card: bigint, kind: PurseKind, usableUntil: Date | null): Promise<bigint> {
    const [row]: { account: string }[] = await tx.query(
      'select ledger.open_account($1, $2, $3, true) as account',
      [card.toString(), kind, usableUntil],
    );
    return BigInt(row?.account ?? '0');
  }
}
