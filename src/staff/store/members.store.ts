import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';
import { Refusal } from '../../platform/errors/problem.js';
import { staffProblems } from '../staff.errors.js';

/** What a login needs to be checked. */
export type MemberSecrets = {
  readonly id: bigint;
  readonly roles: readonly string[];
  readonly displayName: string;
  readonly passwordHash: string;
  readonly totpKey: string;
  readonly totpSealed: Buffer;
};

export type Member = {
  readonly id: bigint;
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly status: 'active' | 'closed';
  readonly createdAt: Date;
};

export type NewMember = {
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly passwordHash: string;
  readonly totpKey: string;
  readonly totpSealed: Buffer;
  readonly createdBy: bigint | null;
};

type MemberRow = {
  id: string;
  name: string;
  display_name: string;
  roles: string[];
  status: 'active' | 'closed';
  created_at: Date;
};

const memberColumns = 'id, name, display_name, roles, status, created_at';

const toMember = (row: MemberRow): Member => ({
  id: BigInt(row.id),
  name: row.name,
  displayName: row.display_name,
  roles: row.roles,
  status: row.status,
  createdAt: row.created_at,
});

@Injectable()
export class MembersStore {
  constructor(private readonly database: DataSource) {}

  /** @throws {Refusal} staff_name_taken */
  async insert(tx: Tx, member: NewMember): Promise<bigint> {
    const rows: { id: string }[] = await tx.query(
      `insert into staff.member
         (name, display_name, roles, password_hash, totp_key, totp_sealed, created_by)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict on constraint member_name_unique do nothing returning id`,
      [
        member.name,
        member.displayName,
        member.roles,
        member.passwordHash,
        member.totpKey,
        member.totpSealed,
        member.createdBy?.toString() ?? null,
      ],
    );
    if (rows[0] === undefined) throw new Refusal(staffProblems, 'staff_name_taken');
    return BigInt(rows[0].id);
  }

  async secretsOf(name: string): Promise<MemberSecrets | undefined> {
    type Row = {
      id: string;
      roles: string[];
      display_name: string;
      password_hash: string;
      totp_key: string;
      totp_sealed: Buffer;
    };
    const [row] = await this.database.query<Row[]>(
      `select id, roles, display_name, password_hash, totp_key, totp_sealed
       from staff.member where name = $1 and status = 'active'`,
      [name],
    );
    if (row === undefined) return undefined;
    return {
      id: BigInt(row.id),
      roles: row.roles,
      displayName: row.display_name,
      passwordHash: row.password_hash,
      totpKey: row.totp_key,
      totpSealed: row.totp_sealed,
    };
  }

  /** Uses up a step. False when it or a later one was used: two logins may race with one password. */
  async useStep(tx: Tx, member: bigint, step: bigint): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `with used as (
         update staff.member set totp_last_step = $2
         where id = $1 and status = 'active' and totp_last_step < $2 returning id)
       select id from used`,
      [member.toString(), step.toString()],
    );
    return rows.length > 0;
  }

  async find(id: bigint): Promise<Member | undefined> {
    const [row] = await this.database.query<MemberRow[]>(
      `select ${memberColumns} from staff.member where id = $1`,
      [id.toString()],
    );
    return row === undefined ? undefined : toMember(row);
  }

  async list(): Promise<Member[]> {
    const rows = await this.database.query<MemberRow[]>(
      `select ${memberColumns} from staff.member order by name`,
    );
    return rows.map(toMember);
  }

  /** Closes a member and ends every login of theirs. False when there is no such member. */
  async close(tx: Tx, id: bigint): Promise<boolean> {
    const rows: unknown[] = await tx.query(
      `with closed as (update staff.member set status = 'closed' where id = $1 returning id),
         ended as (update staff.login set ended_at = platform.now()
                   where member = $1 and ended_at is null)
       select id from closed`,
      [id.toString()],
    );
    return rows.length > 0;
  }
}
