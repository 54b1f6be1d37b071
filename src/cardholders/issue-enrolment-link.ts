/** A link proves a cardholder to one phone or browser, once, within ten minutes by the service's clock. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../platform/config/app-config.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardholderProblems } from './cardholders.errors.js';
import { hashToken, newToken } from './domain/token.js';

/** What the link is for: making a phone ready to pay, or only signing a browser in. */
export type LinkPurpose = 'enrolment' | 'sign-in';

export type EnrolmentLink = {
  readonly token: string;
  /** Where to open it: the token stands behind `#enrolment=` or `#sign-in=`, which no server and no log gets to see. */
  readonly url: string;
  readonly expiresAt: Date;
};

const lifeMinutes = 10;

@Injectable()
export class IssueEnrolmentLink {
  constructor(
    private readonly database: DataSource,
    private readonly config: AppConfig,
  ) {}

  /**
   * @param issuedBy the staff member who asked for it, when it was one.
   * @throws {Refusal} cardholder_unknown, also for a closed one
   */
  async issue(
    cardholder: bigint,
    purpose: LinkPurpose = 'enrolment',
    issuedBy?: bigint,
  ): Promise<EnrolmentLink> {
    const token = newToken();
    const [row] = await this.database.query<{ expires_at: Date }[]>(
      `insert into cardholders.enrolment_link (cardholder, purpose, token_hash, issued_by, expires_at)
       select c.id, $2, $3, $4, platform.now() + make_interval(mins => $5)
       from cardholders.cardholder c where c.id = $1 and c.status = 'active'
       returning expires_at`,
      [cardholder.toString(), purpose, hashToken(token), issuedBy?.toString() ?? null, lifeMinutes],
    );
    if (row === undefined) throw new Refusal(cardholderProblems, 'cardholder_unknown');
    const url = `${this.config.origins[0]}/#${purpose}=${token}`;
    return { token, url, expiresAt: row.expires_at };
  }
}
