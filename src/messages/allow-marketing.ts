/** A cardholder may ask for offers by message, unless marketing was refused before. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { appendEvent } from '../platform/events/outbox.js';
import { messageProblems } from './messages.errors.js';

@Injectable()
export class AllowMarketing {
  /** @throws {Refusal} marketing_refusal_is_final */
  async allow(tx: Tx, cardholder: bigint): Promise<void> {
    const [consent] = (await tx.query(
      `insert into messages.consent as c (cardholder, purpose, state, said_where)
       values ($1, 'marketing', 'granted', 'me')
       on conflict (cardholder, purpose) do update set state = c.state
       where c.state <> 'refused'
       returning state`,
      [cardholder.toString()],
    )) as { state: string }[];
    if (consent === undefined) throw new Refusal(messageProblems, 'marketing_refusal_is_final');
    await appendEvent(tx, 'marketing.allowed', { cardholder: cardholder.toString() });
  }
}
