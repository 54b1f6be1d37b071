/** Whoever follows an offer is counted once and led on. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { CountLanding } from '../messages/count-landing.js';
import { journeyProblems } from './journeys.errors.js';

@Injectable()
export class FollowOffer {
  constructor(
    private readonly database: DataSource,
    private readonly landings: CountLanding,
  ) {}

  /** @returns where it leads. @throws {Refusal} offer_unknown */
  follow(token: string, visitor: string): Promise<string> {
    return inTransaction(this.database, async (tx) => {
      const [touch] = (await tx.query('select id, link from journeys.touch where token = $1', [
        token,
      ])) as { id: string; link: string }[];
      if (touch === undefined) throw new Refusal(journeyProblems, 'offer_unknown');
      await this.landings.count(tx, { kind: 'offer', subject: BigInt(touch.id), visitor });
      return touch.link;
    });
  }

  /** Notes that marketing was refused on the receipt that showed this payment's offer. */
  async noteRefusal(tx: Tx, payment: bigint): Promise<void> {
    await tx.query(
      `update journeys.touch set refused_at = platform.now()
       where payment = $1 and campaign is not null and refused_at is null`,
      [payment.toString()],
    );
  }
}
