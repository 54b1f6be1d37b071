/** Whoever pays on campus is known by one number, which is given once and never to somebody else. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { appendEvent } from '../platform/events/outbox.js';
import { cardholderProblems } from './cardholders.errors.js';

export type NewCardholder = {
  /** The student or staff number. */
  readonly number: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly group: 'student' | 'staff' | 'guest';
};

@Injectable()
export class RegisterCardholder {
  /**
   * @returns the cardholder's id.
   * @throws {Refusal} cardholder_number_taken
   */
  async register(tx: Tx, { number, name, nameEn, group }: NewCardholder): Promise<bigint> {
    const [row] = (await tx.query(
      `insert into cardholders.cardholder (number, name, name_en, group_code)
       values ($1, $2, $3, $4) on conflict (number) do nothing returning id`,
      [number, name, nameEn ?? null, group],
    )) as { id: string }[];
    if (row === undefined) throw new Refusal(cardholderProblems, 'cardholder_number_taken');
    await appendEvent(tx, 'cardholder.registered', { cardholder: row.id });
    return BigInt(row.id);
  }
}
