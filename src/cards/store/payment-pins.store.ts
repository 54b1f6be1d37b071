import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';

/** Five wrong PINs in a row, then an hour of rest. */
export const triesMax = 5;
const lockMinutes = 60;

/** A PIN that its card's owner did not get from the office is held back for a day: somebody else may hold the phone. */
const holdHours = 24;

export type PinTry =
  { readonly hash: string } | { readonly lockedSeconds: number } | { readonly heldSeconds: number };

export type PinState = {
  readonly isSet: boolean;
  readonly lockedUntil: Date | null;
  readonly lockedSeconds: number;
  /** Null for one that is good. */
  readonly usableFrom: Date | null;
  readonly heldSeconds: number;
};

type StateRow = {
  locked_until: Date | null;
  locked_seconds: number;
  usable_from: Date | null;
  held_seconds: number;
};

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
         and (p.usable_from is null or p.usable_from <= platform.now())
       returning p.hash`,
      [card.toString(), triedFor, triesMax, lockMinutes],
    );
    if (rows[0] !== undefined) return { hash: rows[0].hash };
    const { lockedUntil, lockedSeconds, usableFrom, heldSeconds } = await this.stateOf(card);
    if (usableFrom !== null) return { heldSeconds };
    return lockedUntil === null ? undefined : { lockedSeconds };
  }

  async forgiveTries(card: bigint): Promise<void> {
    await this.database.query(
      `update cards.payment_pin set tries = 0, locked_until = null where card = $1 and tries > 0`,
      [card.toString()],
    );
  }

  async stateOf(card: bigint): Promise<PinState> {
    const [row] = await this.database.query<StateRow[]>(
      `select case when p.locked_until > n.now then p.locked_until end as locked_until,
         greatest(1, ceil(extract(epoch from p.locked_until - n.now)))::int as locked_seconds,
         case when p.usable_from > n.now then p.usable_from end as usable_from,
         greatest(1, ceil(extract(epoch from p.usable_from - n.now)))::int as held_seconds
       from cards.payment_pin p, platform.now() n (now) where p.card = $1`,
      [card.toString()],
    );
    return {
      isSet: row !== undefined,
      lockedUntil: row?.locked_until ?? null,
      lockedSeconds: row?.locked_seconds ?? 0,
      usableFrom: row?.usable_from ?? null,
      heldSeconds: row?.held_seconds ?? 0,
    };
  }

  /**
   * A first PIN, or one in the place of another that is not good yet, is held back unless the office stands behind it; so is
   * every one that a password proves which is itself not older than that.
   * @returns from when it is good; null for now.
   */
  async set(
    tx: Tx,
    { card, cardholder }: { readonly card: bigint; readonly cardholder: bigint },
    { hash, byOffice }: { readonly hash: string; readonly byOffice: boolean },
  ): Promise<Date | null> {
    const [row] = (await tx.query(
      `insert into cards.payment_pin as p (card, hash, usable_from)
       select $1::bigint, $2, case when not $3::boolean then n.now + make_interval(hours => $5::int) end from platform.now() n (now)
       on conflict (card) do update
       set hash = excluded.hash, tries = 0, locked_until = null, tried_for = null, set_at = platform.now(),
         usable_from = case when p.usable_from > platform.now() or exists (
           select from cardholders.password w
           where w.cardholder = $4::bigint and w.set_at > platform.now() - make_interval(hours => $5::int)
         ) then excluded.usable_from end
       returning usable_from`,
      [card.toString(), hash, byOffice, cardholder.toString(), holdHours],
    )) as { usable_from: Date | null }[];
    return row?.usable_from ?? null;
  }
}
