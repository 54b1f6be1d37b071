/** Staff log in with a name, a password and a one-time password; which of the three was wrong stays unsaid. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock/clock.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { newOneTimeSecret, stepOfPassword } from './domain/one-time-password.js';
import { matchesPassword, unmatchableHash } from './domain/password.js';
import { openSecret } from './domain/sealed-secret.js';
import { staffProblems } from './staff.errors.js';
import { LoginsStore } from './store/logins.store.js';
import { MembersStore, type MemberSecrets } from './store/members.store.js';

export type Credentials = {
  readonly name: string;
  readonly password: string;
  /** Six digits from the authenticator. */
  readonly totp: string;
};

export type LoginAttempt =
  | {
      readonly outcome: 'logged-in';
      readonly member: bigint;
      readonly displayName: string;
      readonly roles: readonly string[];
      readonly token: string;
      readonly expiresAt: Date;
    }
  | { readonly outcome: 'refused'; readonly member: bigint | null };

@Injectable()
export class LogInStaff {
  /** Checked in place of a member's when nobody has the name, so that it takes as long. */
  private readonly nobody = { passwordHash: unmatchableHash(), totpSecret: newOneTimeSecret() };

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly members: MembersStore,
    private readonly logins: LoginsStore,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** @throws {Refusal} login_locked after five failures, for fifteen minutes, whether anybody has the name or not. */
  async logIn(credentials: Credentials): Promise<LoginAttempt> {
    const name = credentials.name.toLowerCase();
    const wait = await this.logins.countAttempt(name);
    if (wait !== undefined)
      throw new Refusal(staffProblems, 'login_locked', { retryAfterSeconds: wait });

    const member = await this.members.secretsOf(name);
    // Both are always computed: an early end would tell how far a guess got.
    const step = stepOfPassword(
      this.secretOf(name, member),
      credentials.totp,
      this.clock.unixSeconds(),
    );
    const passwordMatches = await matchesPassword(
      credentials.password,
      member?.passwordHash ?? this.nobody.passwordHash,
    );
    if (member === undefined || step === undefined || !passwordMatches)
      return { outcome: 'refused', member: member?.id ?? null };

    return inTransaction(this.database, async (tx): Promise<LoginAttempt> => {
      if (!(await this.members.useStep(tx, member.id, step)))
        return { outcome: 'refused', member: member.id };
      await this.logins.forgetAttempts(tx, name);
      const { token, expiresAt } = await this.logins.open(tx, member.id);
      const { id, displayName, roles } = member;
      return { outcome: 'logged-in', member: id, displayName, roles, token, expiresAt };
    });
  }

  private secretOf(name: string, member: MemberSecrets | undefined): string {
    if (member === undefined) return this.nobody.totpSecret;
    return openSecret(this.keys, name, { key: member.totpKey, sealed: member.totpSealed });
  }
}
