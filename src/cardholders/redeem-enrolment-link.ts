/** A link is worth its cardholder to whoever brings it first, and nothing to anybody afterwards. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardholderProblems } from './cardholders.errors.js';
import { hashToken } from './domain/token.js';
import type { LinkPurpose } from './issue-enrolment-link.js';

@Injectable()
export class RedeemEnrolmentLink {
  /**
   * Spends the link in the caller's transaction: what is rolled back leaves it unspent.
   * @returns the cardholder's id.
   * @throws {Refusal} link_expired (also for a token that never was one, or one of the other purpose), link_used
   */
  async redeem(tx: Tx, token: string, purpose: LinkPurpose = 'enrolment'): Promise<bigint> {
    const hash = hashToken(token);
    // Two phones race for the same link on this row: the second waits and then finds it spent.
    const [rows] = (await tx.query(
      `update cardholders.enrolment_link l set redeemed_at = platform.now()
       from cardholders.cardholder c
       where l.token_hash = $1 and l.purpose = $2 and l.redeemed_at is null
         and l.expires_at > platform.now() and c.id = l.cardholder and c.status = 'active'
       returning l.cardholder`,
      [hash, purpose],
    )) as [{ cardholder: string }[], number];
    if (rows[0] !== undefined) return BigInt(rows[0].cardholder);
    const used = (await tx.query(
      `select from cardholders.enrolment_link
       where token_hash = $1 and purpose = $2 and redeemed_at is not null`,
      [hash, purpose],
    )) as unknown[];
    throw new Refusal(cardholderProblems, used.length > 0 ? 'link_used' : 'link_expired');
  }

  /**
   * Who a link was good for that is spent but would still last: for whoever did not hear the answer. What it is worth then
   * is the caller's to judge.
   */
  async recall(
    tx: Tx,
    token: string,
    purpose: LinkPurpose = 'enrolment',
  ): Promise<bigint | undefined> {
    const rows = (await tx.query(
      `select l.cardholder from cardholders.enrolment_link l
       join cardholders.cardholder c on c.id = l.cardholder and c.status = 'active'
       where l.token_hash = $1 and l.purpose = $2 and l.redeemed_at is not null
         and l.expires_at > platform.now()`,
      [hashToken(token), purpose],
    )) as { cardholder: string }[];
    return rows[0] && BigInt(rows[0].cardholder);
  }
}
