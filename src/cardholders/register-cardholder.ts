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
  /** Of a guest: the staff number of whoever answers for them. Two guests of a host at most are family. */
  readonly host?: { readonly number: string; readonly isFamily: boolean };
};

@Injectable()
export class RegisterCardholder {
  /**
   * @returns the cardholder's id.
   * @throws {Refusal} cardholder_number_taken, host_unknown, family_complete
   */
  async register(tx: Tx, { number, name, nameEn, group, host }: NewCardholder): Promise<bigint> {
    const seat = host === undefined ? { host: null, seat: null } : await seatAt(tx, host);
    const [row] = (await tx.query(
      `insert into cardholders.cardholder (number, name, name_en, group_code, host, family_seat)
       values ($1, $2, $3, $4, $5, $6) on conflict (number) do nothing returning id`,
      [number, name, nameEn ?? null, group, seat.host, seat.seat],
    )) as { id: string }[];
    if (row === undefined) throw new Refusal(cardholderProblems, 'cardholder_number_taken');
    await appendEvent(tx, 'cardholder.registered', { cardholder: row.id });
    return BigInt(row.id);
  }
}

/** Guests of one host are registered one after the other, so that no two take the same seat. */
async function seatAt(
  tx: Tx,
  { number, isFamily }: NonNullable<NewCardholder['host']>,
): Promise<{ host: string; seat: number | null }> {
  const [host] = (await tx.query(
    `select h.id from cardholders.cardholder h
     where h.number = $1 and h.group_code = 'staff' and h.status = 'active' for update`,
    [number],
  )) as { id: string }[];
  if (host === undefined) throw new Refusal(cardholderProblems, 'host_unknown');
  if (!isFamily) return { host: host.id, seat: null };
  const [free] = (await tx.query(
    `select s.seat from (values (1), (2)) s (seat)
     where not exists (select from cardholders.cardholder f
                       where f.host = $1 and f.family_seat = s.seat and f.status = 'active')
     order by s.seat limit 1`,
    [host.id],
  )) as { seat: number }[];
  if (free === undefined) throw new Refusal(cardholderProblems, 'family_complete');
  return { host: host.id, seat: free.seat };
}
