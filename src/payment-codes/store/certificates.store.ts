import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/transaction.js';
import type { Window } from '../domain/plan-windows.js';

export type OfflinePolicy = {
  readonly now: Date;
  readonly scheme: number;
  readonly minutes: number;
  readonly ahead: number;
  /** How many more the card may get today. */
  readonly most: number;
  readonly limitClass: number;
  readonly flags: number;
};

export type NewCertificate = Window & {
  readonly reference: Buffer;
  readonly deviceKey: Buffer;
  readonly issuerKeyId: number;
  readonly bytes: Buffer;
};

export type LiveCertificate = Window & { readonly bytes: Buffer };

export type Allowance = { readonly amount: bigint; readonly endsAt: Date };

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);
const instantOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Certificates, challenges and allowances as rows. Whoever changes one holds its card's lock. */
@Injectable()
export class CertificatesStore {
  async policy(tx: Tx, card: bigint): Promise<OfflinePolicy | undefined> {
    const rows = (await tx.query(
      `select platform.now() as now, p.scheme, p.certificate_minutes as minutes, p.certificates_ahead as ahead,
         p.certificates_a_day - (
           select count(*)::int from payment_codes.certificate x
           where x.card = c.id and x.issued_at > platform.now() - interval '1 day'
         ) as most, l.class as "limitClass", l.flags
       from payment_codes.offline_policy p, cards.card c
       join payment_codes.limit_class l on l.group_code = c.group_code
       where c.id = $1 and c.status = 'active'`,
      [card.toString()],
    )) as OfflinePolicy[];
    return rows[0];
  }

  /** Those that the phone may use now or later, in the order of their windows. */
  async live(tx: Tx, credential: bigint): Promise<LiveCertificate[]> {
    const rows = (await tx.query('select * from payment_codes.live_certificates($1)', [
      credential.toString(),
    ])) as { not_before: Date; expires_at: Date; bytes: Buffer }[];
    return rows.map((row) => ({
      notBefore: secondsOf(row.not_before),
      notAfter: secondsOf(row.expires_at),
      bytes: row.bytes,
    }));
  }

  async add(
    tx: Tx,
    credential: bigint,
    policy: Pick<OfflinePolicy, 'limitClass' | 'flags'>,
    certificates: readonly NewCertificate[],
  ): Promise<void> {
    const column = <Value>(of: (each: NewCertificate) => Value): Value[] => certificates.map(of);
    await tx.query('select payment_codes.add_certificates($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      credential.toString(),
      column(({ reference }) => reference),
      column(({ deviceKey }) => deviceKey),
      column(({ issuerKeyId }) => issuerKeyId),
      policy.limitClass,
      policy.flags,
      column(({ notBefore }) => instantOf(notBefore)),
      column(({ notAfter }) => instantOf(notAfter)),
      column(({ bytes }) => bytes),
    ]);
  }

  /** How many of these keys were certified before, for whomever. */
  async countKnown(tx: Tx, deviceKeys: readonly Buffer[]): Promise<number> {
    const rows = (await tx.query(
      'select count(*)::int as count from payment_codes.certificate c where c.device_key = any ($1)',
      [deviceKeys],
    )) as [{ count: number }];
    return rows[0].count;
  }

  /** The one before is good no more. */
  async give(tx: Tx, credential: bigint, challenge: Buffer): Promise<void> {
    await tx.query(
      `insert into payment_codes.challenge (credential, challenge) values ($1, $2)
       on conflict (credential) do update set challenge = excluded.challenge, issued_at = platform.now(),
         answered_at = null`,
      [credential.toString(), challenge],
    );
  }

  async given(
    tx: Tx,
    credential: bigint,
  ): Promise<{ challenge: Buffer; isAnswered: boolean } | undefined> {
    const rows = (await tx.query(
      `select c.challenge, c.answered_at is not null as "isAnswered" from payment_codes.challenge c
       where c.credential = $1`,
      [credential.toString()],
    )) as { challenge: Buffer; isAnswered: boolean }[];
    return rows[0];
  }

  async answer(tx: Tx, credential: bigint): Promise<void> {
    await tx.query(
      'update payment_codes.challenge set answered_at = platform.now() where credential = $1',
      [credential.toString()],
    );
  }

  async renewAllowance(tx: Tx, credential: bigint): Promise<Allowance | null> {
    const rows = (await tx.query('select * from payment_codes.renew_allowance($1)', [
      credential.toString(),
    ])) as [{ amount: string; ends_at: Date | null }];
    const [{ amount, ends_at: endsAt }] = rows;
    return endsAt === null ? null : { amount: BigInt(amount), endsAt };
  }
}
