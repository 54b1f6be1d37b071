import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardsProblems } from './cards.errors.js';

/** A cardholder has one card; it is born with an empty cash purse and the day limit of its group. */
@Injectable()
export class IssueCard {
  /** @returns the card's id. @throws {Refusal} card_number_taken */
  async issue(tx: Tx, cardholder: bigint, number: string): Promise<bigint> {
    const [row]: { id: string }[] = await tx.query(
      `insert into cards.card (cardholder, number, day_limit)
       select h.id, $2, coalesce(l.day_limit, 50000)
       from cardholders.cardholder h left join cards.group_limit l on l.group_code = h.group_code
       where h.id = $1
       on conflict (number) do nothing returning id`,
      [cardholder.toString(), number],
    );
    if (row === undefined) throw new Refusal(cardsProblems, 'card_number_taken');
    await tx.query(`select ledger.open_account($1, 'cash', null, true)`, [row.id]);
    return BigInt(row.id);
  }
}
