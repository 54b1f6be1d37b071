/** A second person, who may do what was proposed, consents or rejects; nobody decides on a proposal of their own. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { appendEvent } from '../platform/events/outbox.js';
import { allows } from './domain/roles.js';
import { staffProblems } from './staff.errors.js';
import { approvalConsented, approvalRejected, type ApprovalDecided } from './staff.events.js';
import { ApprovalsStore, type Approval } from './store/approvals.store.js';
import { MembersStore } from './store/members.store.js';

export type Decision = {
  readonly approval: bigint;
  /** The second person. */
  readonly checker: bigint;
  readonly state: 'consented' | 'rejected';
  /** Why it was rejected. */
  readonly reason?: string | undefined;
};

@Injectable()
export class DecideApproval {
  constructor(
    private readonly database: DataSource,
    private readonly approvals: ApprovalsStore,
    private readonly members: MembersStore,
  ) {}

  /**
   * The same decision by the same person again changes nothing and answers the same.
   * @throws {Refusal} approval_unknown, approval_needs_another, approval_already_decided, permission_missing
   */
  async decide({ approval: id, checker, state, reason }: Decision): Promise<Approval> {
    const roles = (await this.members.find(checker))?.roles ?? [];
    return inTransaction(this.database, async (tx) => {
      const approval = await this.approvals.lock(tx, id);
      if (approval.maker === checker) throw new Refusal(staffProblems, 'approval_needs_another');
      if (!allows(roles, approval.kind)) throw new Refusal(staffProblems, 'permission_missing');
      if (approval.state === state && approval.checker === checker) return approval;
      if (approval.state !== 'proposed')
        throw new Refusal(staffProblems, 'approval_already_decided');
      const decided = await this.approvals.decide(tx, id, {
        state,
        checker,
        reason: reason ?? null,
      });
      const happened: ApprovalDecided = {
        approval: id.toString(),
        kind: approval.kind,
        subject: approval.subject,
        checker: checker.toString(),
      };
      const type = state === 'consented' ? approvalConsented : approvalRejected;
      await appendEvent(tx, type, happened);
      return decided;
    });
  }
}
