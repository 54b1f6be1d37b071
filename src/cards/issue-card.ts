import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardsProblems } from './cards.errors.js';

/** A cardholder has one card; it is born with an empty cash purse, and spends within the limits of its group. */
@Injectable()
export class IssueCard {
  /** @returns the card's id. @throws {Refusal} card_number_taken */
  async issue(tx: Tx, cardholder: bigint, number: string): Promise<bigint> {
    const [row]: { id: string }[] = await tx.query(
      `insert into cards.card (cardholder, number) values ($1, $2)
       on conflict (number) do nothing returning id`,
      [cardholder.toString(), number],
    );
    if (row === undefined) throw new Refusal(cardsProblems, 'card_number_taken');
    await tx.query(`select ledger.open_account($1, 'cash', null, true)`, [row.id]);
    return BigInt(row.id);
  }
}
