/** A cardholder who refuses marketing is never asked again, by anybody, anywhere. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { appendEvent } from '../platform/events/outbox.js';

@Injectable()
export class RefuseMarketing {
  /** Final; refusing again changes nothing. */
  async refuse(tx: Tx, cardholder: bigint, saidWhere: 'me' | 'receipt'): Promise<void> {
    const rows = (await tx.query(
      `insert into messages.consent as c (cardholder, purpose, state, said_where)
       values ($1, 'marketing', 'refused', $2)
       on conflict (cardholder, purpose) do update
       set state = 'refused', said_at = platform.now(), said_where = excluded.said_where
       where c.state <> 'refused'
       returning state`,
      [cardholder.toString(), saidWhere],
    )) as unknown[];
    if (rows.length > 0)
      await appendEvent(tx, 'marketing.refused', { cardholder: cardholder.toString() });
  }
}
