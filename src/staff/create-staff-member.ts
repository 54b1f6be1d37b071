/** A member of staff begins with a name of their own, a long password and an authenticator: never one of the three. */
import { Injectable } from '@nestjs/common';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import type { Tx } from '../platform/database/transaction.js';
import { Refusal, type FieldError } from '../platform/errors/problem.js';
import { newOneTimeSecret, oneTimeUri } from './domain/one-time-password.js';
import { hashPassword, passwordLengthMax, passwordLengthMin } from './domain/password.js';
import { isRole, roleNames } from './domain/roles.js';
import { sealSecret } from './domain/sealed-secret.js';
import { staffProblems } from './staff.errors.js';
import { MembersStore } from './store/members.store.js';

export type NewStaffMember = {
  /** Login name: lower case, 2 to 63 letters, digits, dots, dashes and underscores. */
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly password: string;
  /** Who created them; null for the command that makes the first. */
  readonly createdBy: bigint | null;
};

export type CreatedStaffMember = {
  readonly id: bigint;
  /** Base32, for typing into an authenticator; shown once and never again. */
  readonly totpSecret: string;
  /** `otpauth://…`, for scanning. */
  readonly totpUri: string;
};

function rulesBrokenBy({ name, displayName, roles, password }: NewStaffMember): FieldError[] {
  const errors: FieldError[] = [];
  const unless = (kept: boolean, pointer: string, message: string): void => {
    if (!kept) errors.push({ pointer, message });
  };
  unless(
    /^[a-z0-9][a-z0-9._-]{1,62}$/.test(name),
    '/name',
    'name must be 2 to 63 of a-z, 0-9, dot, dash and underscore',
  );
  unless(
    displayName.trim() !== '' && displayName.length <= 100,
    '/displayName',
    'displayName must have 1 to 100 characters',
  );
  unless(
    roles.length > 0 && roles.every(isRole),
    '/roles',
    `roles must be some of ${roleNames.join(', ')}`,
  );
  unless(
    password.length >= passwordLengthMin && password.length <= passwordLengthMax,
    '/password',
    `password must have ${passwordLengthMin} to ${passwordLengthMax} characters`,
  );
  unless(
    name === '' || !password.toLowerCase().includes(name),
    '/password',
    'password must not contain the name',
  );
  return errors;
}

@Injectable()
export class CreateStaffMember {
  constructor(
    private readonly members: MembersStore,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** @throws {Refusal} staff_member_invalid, staff_name_taken */
  async create(tx: Tx, member: NewStaffMember): Promise<CreatedStaffMember> {
    const errors = rulesBrokenBy(member);
    if (errors.length > 0) {
      const detail = errors.map(({ message }) => `${message}.`).join(' ');
      throw new Refusal(staffProblems, 'staff_member_invalid', { errors, detail });
    }
    const totpSecret = newOneTimeSecret();
    const sealed = sealSecret(this.keys, member.name, totpSecret);
    const id = await this.members.insert(tx, {
      name: member.name,
      displayName: member.displayName.trim(),
      roles: [...new Set(member.roles)],
      passwordHash: await hashPassword(member.password),
      totpKey: sealed.key,
      totpSealed: sealed.sealed,
      createdBy: member.createdBy,
    });
    return { id, totpSecret, totpUri: oneTimeUri(member.name, totpSecret) };
  }
}
