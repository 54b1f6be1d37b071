import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';

/** Five wrong passwords in a row, then a quarter of an hour of rest. */
export const triesMax = 5;
const lockMinutes = 15;

@Injectable()
export class PasswordsStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Counts a try before it is judged and gives the hash to judge it by; the fifth locks, unless it proves right. Commits
   * by itself: a refusal must not undo the count.
   * @returns undefined for somebody without a password, and while the password is locked.
   */
  async countTry(cardholder: bigint): Promise<string | undefined> {
    const [rows] = await this.database.query<[{ hash: string }[], number]>(
      `update cardholders.password p
       set tries = case when p.locked_until is null then p.tries else 0 end + 1,
           locked_until = case when p.locked_until is null and p.tries + 1 >= $2
                               then platform.now() + make_interval(mins => $3) end
       where p.cardholder = $1 and (p.locked_until is null or p.locked_until <= platform.now())
       returning p.hash`,
      [cardholder.toString(), triesMax, lockMinutes],
    );
    return rows[0]?.hash;
  }

  async forgiveTries(tx: Tx, cardholder: bigint): Promise<void> {
    await tx.query(
      `update cardholders.password set tries = 0, locked_until = null
       where cardholder = $1 and tries > 0`,
      [cardholder.toString()],
    );
  }

  async has(cardholder: bigint): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      'select from cardholders.password where cardholder = $1',
      [cardholder.toString()],
    );
    return rows.length > 0;
  }

  async set(tx: Tx, cardholder: bigint, hash: string): Promise<void> {
    await tx.query(
      `insert into cardholders.password (cardholder, hash) values ($1, $2)
       on conflict (cardholder) do update
       set hash = excluded.hash, tries = 0, locked_until = null, set_at = platform.now()`,
      [cardholder.toString(), hash],
    );
  }
}
