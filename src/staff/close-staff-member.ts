/** Whoever leaves is closed by somebody else, at once and everywhere; their name stays with what they did. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { staffProblems } from './staff.errors.js';
import { MembersStore } from './store/members.store.js';

@Injectable()
export class CloseStaffMember {
  constructor(
    private readonly database: DataSource,
    private readonly members: MembersStore,
  ) {}

  /** @throws {Refusal} staff_closes_self, staff_member_unknown */
  async close(by: bigint, member: bigint): Promise<void> {
    if (by === member) throw new Refusal(staffProblems, 'staff_closes_self');
    const closed = await inTransaction(this.database, (tx) => this.members.close(tx, member));
    if (!closed) throw new Refusal(staffProblems, 'staff_member_unknown');
  }
}
