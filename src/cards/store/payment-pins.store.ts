import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';

/** Five wrong PINs in a row, then an hour of rest. */
export const triesMax = 5;
const lockMinutes = 60;

export type PinTry = { readonly hash: string } | { readonly lockedSeconds: number };

@Injectable()
export class PaymentPinsStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Counts a try before it is judged; the fifth locks, unless it proves right. Commits by itself: a refusal must not undo
   * the count. What is tried again for the same thing was counted.
   * @returns undefined for a card without a PIN.
   */
  async countTry(card: bigint, triedFor: string | null): Promise<PinTry | undefined> {
    const [rows] = await this.database.query<[{ hash: string }[], number]>(
      `update cards.payment_pin p
       set tries = case when p.locked_until is null then p.tries else 0 end
             + case when p.tried_for = $2 and p.tries > 0 then 0 else 1 end,
           locked_until = case when p.locked_until is null and (p.tried_for = $2) is not true and p.tries + 1 >= $3
                               then platform.now() + make_interval(mins => $4) end,
           tried_for = $2
       where p.card = $1 and (p.locked_until is null or p.locked_until <= platform.now())
       returning p.hash`,
      [card.toString(), triedFor, triesMax, lockMinutes],
    );
    if (rows[0] !== undefined) return { hash: rows[0].hash };
    const { lockedUntil, lockedSeconds } = await this.stateOf(card);
    return lockedUntil === null ? undefined : { lockedSeconds };
  }

  async forgiveTries(card: bigint): Promise<void> {
    await this.database.query(
      `update cards.payment_pin set tries = 0, locked_until = null where card = $1 and tries > 0`,
      [card.toString()],
    );
  }

  async stateOf(
    card: bigint,
  ): Promise<{ isSet: boolean; lockedUntil: Date | null; lockedSeconds: number }> {
    const [row] = await this.database.query<{ locked_until: Date | null; seconds: number }[]>(
      `select case when p.locked_until > platform.now() then p.locked_until end as locked_until,
         ceil(extract(epoch from p.locked_until - platform.now()))::int as seconds
       from cards.payment_pin p where p.card = $1`,
      [card.toString()],
    );
    if (row === undefined) return { isSet: false, lockedUntil: null, lockedSeconds: 0 };
    return { isSet: true, lockedUntil: row.locked_until, lockedSeconds: Math.max(row.seconds, 1) };
  }

  async set(tx: Tx, card: bigint, hash: string): Promise<void> {
    await tx.query(
      `insert into cards.payment_pin (card, hash) values ($1, $2)
       on conflict (card) do update
       set hash = excluded.hash, tries = 0, locked_until = null, tried_for = null, set_at = platform.now()`,
      [card.toString(), hash],
    );
  }
}
