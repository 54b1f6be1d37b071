import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../../platform/database/transaction.js';
import type { Parcel } from '../channels/channel.js';

type ParcelRow = Omit<Parcel, 'message' | 'retriedAfterSilence'> & {
  readonly message: string;
  readonly retried_after_silence: boolean;
};

/** How one call ended, for its row. */
export type Ending = {
  readonly state: 'sent' | 'failed' | 'unknown';
  readonly msgid?: string;
  readonly reason?: string;
  readonly code?: number | null;
  readonly rid?: string | null;
};

export type Pause = 'a_minute' | 'until_midnight' | 'until_reachable';

const pauseUntil: Record<Pause, string> = {
  a_minute: `clock_timestamp() + interval '60 seconds'`,
  until_midnight: `(select (date_trunc('day', clock_timestamp() at time zone c.time_zone) + interval '1 day')
    at time zone c.time_zone from platform.campus c)`,
  until_reachable: `clock_timestamp() + interval '5 seconds'`,
};

/** Longer than a call may take with the renewal of a token. */
const leaseSeconds = 30;

/** Everything here is one short statement: no lock of the database is held while WeChat is asked. */
@Injectable()
export class DeliveriesStore {
  constructor(private readonly database: DataSource) {}

  async tidy(): Promise<void> {
    await this.database.query('select messages.tidy_deliveries()');
  }

  async claim(limit: number): Promise<Parcel[]> {
    const rows = await this.database.query<ParcelRow[]>(
      'select * from messages.claim_deliveries($1, $2)',
      [limit, leaseSeconds],
    );
    return rows.map(({ message, retried_after_silence: retriedAfterSilence, ...parcel }) => ({
      ...parcel,
      message: BigInt(message),
      retriedAfterSilence,
    }));
  }

  /** A late answer may still end what was given up as unknown, but never what WeChat itself has told since. */
  async end(parcel: Parcel, ending: Ending, also?: (tx: Tx) => Promise<unknown>): Promise<void> {
    await inTransaction(this.database, async (tx) => {
      await tx.query(
        `update messages.delivery
         set state = $3, lease_until = null, msgid = coalesce($4, msgid), reason = $5, code = $6, rid = $7,
           settled_at = clock_timestamp()
         where message = $1 and attempts = $2 and state in ('sending', 'unknown')`,
        [
          parcel.message.toString(),
          parcel.attempt,
          ending.state,
          ending.msgid ?? null,
          ending.reason ?? null,
          ending.code ?? null,
          ending.rid ?? null,
        ],
      );
      await also?.(tx);
    });
  }

  /** Puts it back in the line. What never left this machine does not count as an attempt. */
  async queueAgain(
    parcel: Parcel,
    again: {
      readonly afterMs: number;
      readonly code: number | null;
      readonly rid: string | null;
      readonly neverLeft: boolean;
    },
  ): Promise<void> {
    await this.database.query(
      `update messages.delivery
       set state = 'queued', lease_until = null, code = $4, rid = $5,
         due_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000),
         attempts = attempts - case when $6 then 1 else 0 end
       where message = $1 and attempts = $2 and state = 'sending'`,
      [
        parcel.message.toString(),
        parcel.attempt,
        again.afterMs,
        again.code,
        again.rid,
        again.neverLeft,
      ],
    );
  }

  async pauseChannel(pause: Pause, code: number | null): Promise<void> {
    await this.database.query(
      `update messages.channel_pause set code = $1, until = greatest(until, ${pauseUntil[pause]})`,
      [code],
    );
  }

  async endAllowance(tx: Tx, { openid, template }: Parcel): Promise<void> {
    await tx.query('select messages.end_allowance($1, $2, false)', [openid, template]);
  }

  async loseAddress(tx: Tx, { openid }: Parcel, code: number | null): Promise<void> {
    await tx.query(
      'insert into messages.lost_address (openid, code) values ($1, $2) on conflict do nothing',
      [openid, code ?? 0],
    );
  }

  /** An hour later one message tries whether the template was mended. */
  async stopTemplate(tx: Tx, { template }: Parcel, code: number | null): Promise<void> {
    await tx.query(
      `insert into messages.stopped_template (template, code, try_again_at)
       values ($1, $2, clock_timestamp() + interval '1 hour')
       on conflict (template) do update
       set code = excluded.code, stopped_at = clock_timestamp(), try_again_at = excluded.try_again_at`,
      [template, code ?? 0],
    );
  }
}
