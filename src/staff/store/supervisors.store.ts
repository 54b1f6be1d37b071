import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';

/** Five wrong PINs in a row, then an hour of rest: as for payment PINs. */
export const triesMax = 5;
const lockMinutes = 60;
const wordBytes = 32;
const wordMinutes = 2;

export type Supervisor = {
  readonly member: bigint;
  readonly displayName: string;
  readonly tillNumber: string;
  /** Null: everywhere. */
  readonly places: readonly string[] | null;
  readonly lockedUntil: Date | null;
  readonly setAt: Date;
};

export type SupervisorTry =
  | {
      readonly member: bigint;
      readonly displayName: string;
      readonly hash: string;
      readonly isHere: boolean;
    }
  | { readonly lockedSeconds: number };

/** What a supervisor's word is kept as. */
export const hashWord = (word: string): Buffer => createHash('sha256').update(word).digest();

@Injectable()
export class SupervisorsStore {
  constructor(private readonly database: DataSource) {}

  /** @returns false when another has this till number */
  async set(
    tx: Tx,
    supervisor: {
      readonly member: bigint;
      readonly tillNumber: string;
      readonly pinHash: string;
      readonly places: readonly bigint[] | null;
      readonly setBy: bigint;
    },
  ): Promise<boolean> {
    const taken: unknown[] = await tx.query(
      'select from staff.supervisor where till_number = $1 and member <> $2',
      [supervisor.tillNumber, supervisor.member.toString()],
    );
    if (taken.length > 0) return false;
    await tx.query(
      `insert into staff.supervisor (member, till_number, pin_hash, places, set_by) values ($1, $2, $3, $4::bigint[], $5)
       on conflict (member) do update set till_number = excluded.till_number, pin_hash = excluded.pin_hash,
         places = excluded.places, set_by = excluded.set_by, tries = 0, locked_until = null, set_at = platform.now()`,
      [
        supervisor.member.toString(),
        supervisor.tillNumber,
        supervisor.pinHash,
        supervisor.places?.map(String) ?? null,
        supervisor.setBy.toString(),
      ],
    );
    return true;
  }

  /** @returns whether there was one */
  async remove(tx: Tx, member: bigint): Promise<boolean> {
    const gone: unknown[] = await tx.query(
      'with gone as (delete from staff.supervisor where member = $1 returning member) select from gone',
      [member.toString()],
    );
    return gone.length > 0;
  }

  async list(): Promise<Supervisor[]> {
    type Row = {
      member: string;
      display_name: string;
      till_number: string;
      places: string[] | null;
      locked_until: Date | null;
      set_at: Date;
    };
    const rows = await this.database.query<Row[]>(
      `select s.member, m.display_name, s.till_number, s.places,
         case when s.locked_until > platform.now() then s.locked_until end as locked_until, s.set_at
       from staff.supervisor s join staff.member m on m.id = s.member
       where m.status = 'active' order by s.till_number`,
    );
    return rows.map((row) => ({
      member: BigInt(row.member),
      displayName: row.display_name,
      tillNumber: row.till_number,
      places: row.places,
      lockedUntil: row.locked_until,
      setAt: row.set_at,
    }));
  }

  /**
   * Counts a try before it is judged; the fifth locks, unless it proves right. Commits by itself: a refusal must not undo
   * the count. @returns undefined when nobody has this number
   */
  async countTry(tillNumber: string, place: bigint): Promise<SupervisorTry | undefined> {
    type Row = { member: string; display_name: string; pin_hash: string; is_here: boolean };
    const [rows] = await this.database.query<[Row[], number]>(
      `update staff.supervisor s
       set tries = case when s.locked_until is null then s.tries else 0 end + 1,
           locked_until = case when s.locked_until is null and s.tries + 1 >= $3
                               then platform.now() + make_interval(mins => $4) end
       from staff.member m
       where s.till_number = $1 and m.id = s.member and m.status = 'active'
         and (s.locked_until is null or s.locked_until <= platform.now())
       returning s.member, m.display_name, s.pin_hash, coalesce($2::bigint = any (s.places), s.places is null) as is_here`,
      [tillNumber, place.toString(), triesMax, lockMinutes],
    );
    const [row] = rows;
    if (row !== undefined)
      return {
        member: BigInt(row.member),
        displayName: row.display_name,
        hash: row.pin_hash,
        isHere: row.is_here,
      };
    const [locked] = await this.database.query<{ seconds: number }[]>(
      `select greatest(1, ceil(extract(epoch from s.locked_until - platform.now())))::int as seconds
       from staff.supervisor s join staff.member m on m.id = s.member and m.status = 'active'
       where s.till_number = $1`,
      [tillNumber],
    );
    return locked && { lockedSeconds: locked.seconds };
  }

  /** The right PIN forgives the wrong ones before it, and gives one word. */
  async give(member: bigint, terminal: bigint): Promise<{ word: string; expiresAt: Date }> {
    const word = randomBytes(wordBytes).toString('base64url');
    const [row] = await this.database.query<{ expires_at: Date }[]>(
      `with forgiven as (update staff.supervisor set tries = 0, locked_until = null where member = $2)
       insert into staff.supervision (word_hash, member, terminal, given_at, expires_at)
       select $1, $2, $3, t.now, t.now + make_interval(mins => $4) from (select platform.now() as now) t
       returning expires_at`,
      [hashWord(word), member.toString(), terminal.toString(), wordMinutes],
    );
    return { word, expiresAt: row?.expires_at ?? new Date(0) };
  }

  /** Drops words that have long been over. */
  async sweep(): Promise<void> {
    await this.database.query(
      `delete from staff.supervision where given_at < platform.now() - interval '1 day'`,
    );
  }
}
