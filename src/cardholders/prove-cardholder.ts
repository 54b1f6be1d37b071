/** Who is signed in proves once more to be the cardholder before something that a borrowed phone must not do. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardholderProblems } from './cardholders.errors.js';
import { isPassword } from './domain/password.js';
import { RedeemEnrolmentLink } from './redeem-enrolment-link.js';
import { PasswordsStore } from './store/passwords.store.js';

/**
 * The password, or what stands in a sign-in link of the card office. A WeChat login is no proof: whoever holds the phone
 * gets one without being asked.
 */
export type CardholderProof = { readonly password: string } | { readonly linkToken: string };

@Injectable()
export class ProveCardholder {
  constructor(
    private readonly database: DataSource,
    private readonly passwords: PasswordsStore,
    private readonly links: RedeemEnrolmentLink,
  ) {}

  /** @throws {Refusal} cardholder_unproven; link_expired, link_used */
  async prove(cardholder: bigint, proof: CardholderProof): Promise<void> {
    const isProven =
      'password' in proof
        ? await this.hasPassword(cardholder, proof.password)
        : await this.hasLink(cardholder, proof.linkToken);
    if (!isProven) throw new Refusal(cardholderProblems, 'cardholder_unproven');
  }

  private async hasPassword(cardholder: bigint, password: string): Promise<boolean> {
    const stored = await this.passwords.countTry(cardholder);
    if (!(await isPassword(password, stored))) return false;
    await inTransaction(this.database, (tx) => this.passwords.forgiveTries(tx, cardholder));
    return true;
  }

  private hasLink(cardholder: bigint, token: string): Promise<boolean> {
    return inTransaction(
      this.database,
      async (tx) => (await this.links.redeem(tx, token, 'sign-in')) === cardholder,
    );
  }
}
