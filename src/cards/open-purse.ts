import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardsProblems } from './cards.errors.js';

/** A card has one purse for each kind and last day of use; asking again gives the same one. */
@Injectable()
export class OpenPurse {
  /** @returns the purse's ledger account. @throws {Refusal} purse_kind_unknown */
  async open(tx: Tx, card: bigint, kind: string, usableUntil: Date | null): Promise<bigint> {
    const [row]: { account: string }[] = await tx.query(
      `select ledger.open_account($1, k.code, $3, true) as account
       from cards.purse_kind k where k.code = $2`,
      [card.toString(), kind, usableUntil],
    );
    if (row === undefined) throw new Refusal(cardsProblems, 'purse_kind_unknown');
    return BigInt(row.account);
  }
}
