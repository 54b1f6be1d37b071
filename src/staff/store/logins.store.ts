import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';

/** A working day, and half an hour away from the desk. */
export const loginHoursMax = 8;
export const loginIdleMinutesMax = 30;

export const lockMinutes = 15;
const attemptsMax = 5;
const tokenBytes = 32;
/** How exactly an idle login is noticed; finer would write a row for every click. */
const seenEverySeconds = 60;

export type LiveLogin = {
  readonly id: bigint;
  readonly member: bigint;
  readonly roles: readonly string[];
};

const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

@Injectable()
export class LoginsStore {
  constructor(private readonly database: DataSource) {}

  /** Opens a login. The token leaves once; only its hash is kept. */
  async open(tx: Tx, member: bigint): Promise<{ token: string; expiresAt: Date }> {
    const token = randomBytes(tokenBytes).toString('base64url');
    const rows: { expires_at: Date }[] = await tx.query(
      `insert into staff.login (member, token_hash) values ($1, $2)
       returning created_at + make_interval(hours => $3) as expires_at`,
      [member.toString(), hashToken(token), loginHoursMax],
    );
    return { token, expiresAt: rows[0]?.expires_at ?? new Date(0) };
  }

  /** The login that a token opens now, noting that it was seen. */
  async findLive(token: string): Promise<LiveLogin | undefined> {
    type Row = { id: string; member: string; roles: string[]; stale: boolean };
    const [row] = await this.database.query<Row[]>(
      `select l.id, l.member, m.roles,
         l.last_seen_at < platform.now() - make_interval(secs => $4) as stale
       from staff.login l join staff.member m on m.id = l.member
       where l.token_hash = $1 and l.ended_at is null and m.status = 'active'
         and l.created_at > platform.now() - make_interval(hours => $2)
         and l.last_seen_at > platform.now() - make_interval(mins => $3)`,
      [hashToken(token), loginHoursMax, loginIdleMinutesMax, seenEverySeconds],
    );
    if (row === undefined) return undefined;
    if (row.stale)
      await this.database.query(
        'update staff.login set last_seen_at = platform.now() where id = $1',
        [row.id],
      );
    return { id: BigInt(row.id), member: BigInt(row.member), roles: row.roles };
  }

  async end(id: bigint): Promise<void> {
    await this.database.query(
      'update staff.login set ended_at = platform.now() where id = $1 and ended_at is null',
      [id.toString()],
    );
  }

  /**
   * Counts an attempt before it is judged, so that guesses in parallel count as well as guesses in a row.
   * @returns seconds to wait when the name is locked, else undefined.
   */
  async countAttempt(name: string): Promise<number | undefined> {
    const counted = await this.database.query<unknown[]>(
      `insert into staff.login_attempt as a (name, attempts, last_at) values ($1, 1, platform.now())
       on conflict (name) do update set last_at = platform.now(),
         attempts = case when a.last_at <= platform.now() - make_interval(mins => $2) then 1
                         else a.attempts + 1 end
       where a.attempts < $3 or a.last_at <= platform.now() - make_interval(mins => $2)
       returning name`,
      [name, lockMinutes, attemptsMax],
    );
    if (counted.length > 0) return undefined;
    const [row] = await this.database.query<{ seconds: number }[]>(
      `select greatest(1, ceil(extract(epoch from
         last_at + make_interval(mins => $2) - platform.now())))::int as seconds
       from staff.login_attempt where name = $1`,
      [name, lockMinutes],
    );
    return row?.seconds ?? 1;
  }

  async forgetAttempts(tx: Tx, name: string): Promise<void> {
    await tx.query('delete from staff.login_attempt where name = $1', [name]);
  }

  /** Drops logins and attempts that nothing depends on any more. */
  async sweep(): Promise<void> {
    await this.database.query(
      `delete from staff.login where created_at < platform.now() - make_interval(days => 1)`,
    );
    await this.database.query(
      `delete from staff.login_attempt where last_at < platform.now() - make_interval(days => 1)`,
    );
  }
}
