/** A password is changed only by who knows the old one, and whoever else was signed in is not any more. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { cardholderProblems } from './cardholders.errors.js';
import { hashPassword, isPassword } from './domain/password.js';
import { PasswordsStore } from './store/passwords.store.js';
import { SignInsStore } from './store/sign-ins.store.js';

export type PasswordChange = {
  readonly cardholder: bigint;
  /** The sign-in that asks; it stays. */
  readonly signIn: bigint;
  readonly current: string | undefined;
  readonly password: string;
};

@Injectable()
export class SetPassword {
  constructor(
    private readonly database: DataSource,
    private readonly passwords: PasswordsStore,
    private readonly signIns: SignInsStore,
  ) {}

  /** @throws {Refusal} current_password_wrong */
  async change({ cardholder, signIn, current, password }: PasswordChange): Promise<void> {
    if (await this.passwords.has(cardholder)) {
      const stored = await this.passwords.countTry(cardholder);
      if (!(await isPassword(current ?? '', stored)))
        throw new Refusal(cardholderProblems, 'current_password_wrong');
    }
    const hash = await hashPassword(password);
    await inTransaction(this.database, async (tx) => {
      await this.passwords.set(tx, cardholder, hash);
      await this.signIns.endOthers(tx, cardholder, signIn);
    });
  }

  /** Gives a first password without asking for an old one; for the card office and the demo campus. */
  async give(tx: Tx, cardholder: bigint, password: string): Promise<void> {
    await this.passwords.set(tx, cardholder, await hashPassword(password));
  }
}
