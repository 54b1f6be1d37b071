/**
 * Credit reaches a meter without a network on a ticket that the service signs. It is signed anew whenever it is shown, with
 * the same number and a later end: a lost one costs nothing, and one that was taken is never taken again.
 */
import { makeTicket, type Ticket } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { sign } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';

/** Long enough to walk to the meter; a fresh one is made at any time. */
const lifeSeconds = 24 * 60 * 60;

export type ShownTicket = {
  readonly number: number;
  /** What its purchase added, in the meter's units. */
  readonly units: bigint;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** 200 digits, for a QR code. */
  readonly digits: string;
};

type Row = { device: string; number: string; units: string; total: string; issued_at: Date };

@Injectable()
export class IssueTicket {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** The newest top-up of a meter's device: worth those before it, too. Undefined where there is none. */
  async newest(meter: bigint): Promise<ShownTicket | undefined> {
    const [row] = await this.database.query<Row[]>(
      `select t.device, t.number, t.units, t.total, t.issued_at
       from meters.meter m
       cross join lateral (
         select * from meters.ticket x where x.device = m.device and x.meter = m.id order by x.number desc limit 1) t
       where m.id = $1`,
      [meter.toString()],
    );
    if (row === undefined) return undefined;
    const expiresAt = this.clock.unixSeconds() + lifeSeconds;
    return {
      number: Number(row.number),
      units: BigInt(row.units),
      issuedAt: row.issued_at,
      expiresAt: new Date(expiresAt * 1000),
      digits: this.sign({
        kind: 'top_up',
        device: Number(row.device),
        number: Number(row.number),
        units: Number(row.total),
        expiresAt,
      }),
    };
  }

  /** The 200 digits of any ticket, signed with the service's ticket key. */
  sign(ticket: Omit<Ticket, 'keyId'>): string {
    const { privateKey } = this.keys.ticketKey;
    return makeTicket({ ...ticket, keyId: this.keyId }, (message) =>
      sign(null, message, privateKey),
    );
  }

  /** What meters are to believe, in the words of the wire. */
  publicKeys(): { keyId: number; algorithm: 'ed25519'; publicKey: string }[] {
    const publicKey = this.keys.ticketKey.publicKey.toString('base64url');
    return [{ keyId: this.keyId, algorithm: 'ed25519', publicKey }];
  }

  /** `k-1` in the keys file is 1 on a ticket. */
  private get keyId(): number {
    return Number(/^k-(\d{1,3})$/.exec(this.keys.ticketKey.id)?.[1] ?? 0) % 256;
  }
}
