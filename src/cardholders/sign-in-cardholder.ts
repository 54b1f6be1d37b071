/** A cardholder is signed in on a device for thirty days, after proving a password, a link or a WeChat login. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { appendEvent } from '../platform/events/outbox.js';
import { cardholderProblems } from './cardholders.errors.js';
import { isPassword } from './domain/password.js';
import { hashToken, newToken } from './domain/token.js';
import { RedeemEnrolmentLink } from './redeem-enrolment-link.js';
import { PasswordsStore } from './store/passwords.store.js';
import { SignInsStore } from './store/sign-ins.store.js';

export type SignIn = {
  readonly id: bigint;
  readonly cardholder: bigint;
  /** The cookie's value, or what a program sends as Bearer. It is nowhere else. */
  readonly token: string;
  readonly expiresAt: Date;
};

const labelMaxLength = 80;

@Injectable()
export class SignInCardholder {
  constructor(
    private readonly database: DataSource,
    private readonly passwords: PasswordsStore,
    private readonly signIns: SignInsStore,
    private readonly links: RedeemEnrolmentLink,
  ) {}

  /** Signs in a cardholder whom the caller has just proven, in the caller's transaction. */
  async signIn(tx: Tx, cardholder: bigint, deviceLabel: string): Promise<SignIn> {
    const token = newToken();
    const label = deviceLabel.slice(0, labelMaxLength);
    const { id, expiresAt } = await this.signIns.open(tx, cardholder, hashToken(token), label);
    await appendEvent(tx, 'cardholder.signed-in', { cardholder: cardholder.toString() });
    return { id, cardholder, token, expiresAt };
  }

  /**
   * One answer for an unknown number, no password, a wrong one, a locked one and a closed cardholder.
   * @throws {Refusal} sign_in_refused
   */
  async byPassword(number: string, password: string, deviceLabel: string): Promise<SignIn> {
    const [found] = await this.database.query<{ id: string }[]>(
      `select id from cardholders.cardholder where number = $1 and status = 'active'`,
      [number],
    );
    const cardholder = found === undefined ? undefined : BigInt(found.id);
    const stored = cardholder === undefined ? undefined : await this.passwords.countTry(cardholder);
    const proven = await isPassword(password, stored);
    if (!proven || cardholder === undefined)
      throw new Refusal(cardholderProblems, 'sign_in_refused');
    return inTransaction(this.database, async (tx) => {
      await this.passwords.forgiveTries(tx, cardholder);
      return this.signIn(tx, cardholder, deviceLabel);
    });
  }

  /** @throws {Refusal} link_expired, link_used */
  byLink(token: string, deviceLabel: string): Promise<SignIn> {
    return inTransaction(this.database, async (tx) => {
      const cardholder = await this.links.redeem(tx, token, 'sign-in');
      return this.signIn(tx, cardholder, deviceLabel);
    });
  }

  /**
   * Spends an enrolment link and signs its cardholder in on the phone that brought it, in the caller's transaction. A link
   * that was spent is good for one thing more: to repeat the answer to the phone that spent it, which the caller proves.
   * @throws {Refusal} link_expired, link_used
   */
  async byEnrolmentLink(
    tx: Tx,
    token: string,
    deviceLabel: string,
  ): Promise<{ signIn: SignIn; isFirst: boolean }> {
    try {
      const cardholder = await this.links.redeem(tx, token, 'enrolment');
      return { signIn: await this.signIn(tx, cardholder, deviceLabel), isFirst: true };
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'link_used') throw error;
      const cardholder = await this.links.recall(tx, token);
      if (cardholder === undefined) throw error;
      return { signIn: await this.signIn(tx, cardholder, deviceLabel), isFirst: false };
    }
  }

  /** Ends one sign-in; ending it again changes nothing. */
  async signOut(signIn: bigint): Promise<void> {
    await inTransaction(this.database, (tx) => this.end(tx, signIn));
  }

  /** Ends the sign-in of a phone that ends, in the caller's transaction. */
  end(tx: Tx, signIn: bigint): Promise<void> {
    return this.signIns.end(tx, signIn);
  }
}
