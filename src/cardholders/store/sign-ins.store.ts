import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';

const lifeDays = 30;

export type LiveSignIn = { readonly id: bigint; readonly cardholder: bigint };

@Injectable()
export class SignInsStore {
  constructor(private readonly database: DataSource) {}

  /** @returns its id, and when it ends by the service's clock. */
  async open(
    tx: Tx,
    cardholder: bigint,
    tokenHash: Buffer,
    deviceLabel: string,
  ): Promise<{ id: bigint; expiresAt: Date }> {
    const rows = (await tx.query(
      `insert into cardholders.sign_in (cardholder, token_hash, device_label, expires_at)
       values ($1, $2, $3, platform.now() + make_interval(days => $4)) returning id, expires_at`,
      [cardholder.toString(), tokenHash, deviceLabel, lifeDays],
    )) as [{ id: string; expires_at: Date }];
    return { id: BigInt(rows[0].id), expiresAt: rows[0].expires_at };
  }

  /** The sign-in that this token stands for, while it lasts and its cardholder is not closed. */
  async find(tokenHash: Buffer): Promise<LiveSignIn | undefined> {
    const [row] = await this.database.query<{ id: string; cardholder: string; stale: boolean }[]>(
      `select s.id, s.cardholder, s.used_at < platform.now() - interval '1 hour' as stale
       from cardholders.sign_in s join cardholders.cardholder c on c.id = s.cardholder
       where s.token_hash = $1 and s.ended_at is null and s.expires_at > platform.now()
         and c.status = 'active'`,
      [tokenHash],
    );
    if (row === undefined) return undefined;
    // Once an hour is enough to tell which phone was used last, and spares a write for each request.
    if (row.stale)
      await this.database.query(
        'update cardholders.sign_in set used_at = platform.now() where id = $1',
        [row.id],
      );
    return { id: BigInt(row.id), cardholder: BigInt(row.cardholder) };
  }

  async end(tx: Tx, id: bigint): Promise<void> {
    await tx.query(
      'update cardholders.sign_in set ended_at = platform.now() where id = $1 and ended_at is null',
      [id.toString()],
    );
  }

  async endOthers(tx: Tx, cardholder: bigint, kept: bigint): Promise<void> {
    await tx.query(
      `update cardholders.sign_in set ended_at = platform.now()
       where cardholder = $1 and id <> $2 and ended_at is null`,
      [cardholder.toString(), kept.toString()],
    );
  }
}
