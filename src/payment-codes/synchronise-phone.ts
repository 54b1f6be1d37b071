import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindCard } from '../cards/find-card.js';
import { Refusal } from '../platform/errors/problem.js';
import { credentialLifeDays } from './enrol-phone.js';
import { paymentCodesProblems } from './payment-codes.errors.js';

/** A phone that talks to the service learns the time and may make codes for another fourteen days. */
@Injectable()
export class SynchronisePhone {
  constructor(
    private readonly database: DataSource,
    private readonly cards: FindCard,
  ) {}

  /**
   * @param credential the phone's own; another phone's sign-in renews nothing.
   * @throws {Refusal} phone_not_enrolled
   */
  async synchronise(
    cardholder: bigint,
    credential: bigint,
  ): Promise<{ now: Date; usableUntil: Date }> {
    const card = await this.cards.ofCardholder(cardholder);
    const [row] = await this.database.query<{ now: Date; usable_until: Date }[]>(
      `with clock as materialized (select platform.now() as now)
       select c.now, c.now + make_interval(days => $3) as usable_until,
         payment_codes.renew_credential(k.id, c.now + make_interval(days => $3))
       from clock c, payment_codes.credential k where k.id = $1 and k.card = $2 and k.status = 'active'`,
      [credential.toString(), card.id.toString(), credentialLifeDays],
    );
    if (row === undefined) throw new Refusal(paymentCodesProblems, 'phone_not_enrolled');
    return { now: row.now, usableUntil: row.usable_until };
  }
}
