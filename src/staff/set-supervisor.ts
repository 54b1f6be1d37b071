/** Whoever supervises tills is given a number and a PIN by a colleague, never by themselves. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { hashPin, isGuessable } from '../platform/pin/pin.js';
import { staffProblems } from './staff.errors.js';
import { MembersStore } from './store/members.store.js';
import { SupervisorsStore, type Supervisor } from './store/supervisors.store.js';

export type NewSupervisor = {
  readonly member: bigint;
  /** Three to eight digits, typed at a till. */
  readonly tillNumber: string;
  /** Six digits. */
  readonly pin: string;
  /** Where they supervise; null is everywhere. */
  readonly places: readonly bigint[] | null;
  readonly setBy: bigint;
};

@Injectable()
export class SetSupervisor {
  constructor(
    private readonly database: DataSource,
    private readonly members: MembersStore,
    private readonly supervisors: SupervisorsStore,
  ) {}

  /**
   * Sets number, PIN and places anew; a lock ends.
   * @throws {Refusal} supervisor_sets_self, supervisor_pin_weak, staff_member_unknown, till_number_taken
   */
  async set({ pin, ...supervisor }: NewSupervisor): Promise<void> {
    if (supervisor.member === supervisor.setBy)
      throw new Refusal(staffProblems, 'supervisor_sets_self');
    if (isGuessable(pin)) throw new Refusal(staffProblems, 'supervisor_pin_weak');
    if ((await this.members.find(supervisor.member))?.status !== 'active')
      throw new Refusal(staffProblems, 'staff_member_unknown');
    const pinHash = await hashPin(pin);
    const isSet = await inTransaction(this.database, (tx) =>
      this.supervisors.set(tx, { ...supervisor, pinHash }),
    );
    if (!isSet) throw new Refusal(staffProblems, 'till_number_taken');
  }

  /** Takes it away, with every word that was given and not used. @throws {Refusal} supervisor_unknown */
  async remove(member: bigint): Promise<void> {
    const removed = await inTransaction(this.database, (tx) => this.supervisors.remove(tx, member));
    if (!removed) throw new Refusal(staffProblems, 'supervisor_unknown');
  }

  /** By their numbers. */
  all(): Promise<readonly Supervisor[]> {
    return this.supervisors.list();
  }
}
