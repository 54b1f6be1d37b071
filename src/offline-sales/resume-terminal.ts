/** A terminal that was stopped sells by itself again when two people have looked at what it brought. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { Refusal } from '../platform/errors/problem.js';
import { ProposeApproval } from '../staff/propose-approval.js';
import type { ApprovalDecided } from '../staff/staff.events.js';
import { offlineSalesProblems } from './offline-sales.errors.js';
import { OfflineSalesStore } from './store/offline-sales.store.js';

/** The approval's kind, and the permission that both people hold. */
export const resumeApprovalKind = 'terminals.resume';

@Injectable()
export class ResumeTerminal {
  constructor(
    private readonly database: DataSource,
    private readonly store: OfflineSalesStore,
    private readonly approvals: ProposeApproval,
  ) {}

  /** @throws {Refusal} terminal_not_stopped, approval_already_proposed */
  propose(wish: { terminal: bigint; reason: string; maker: bigint }): Promise<bigint> {
    const { terminal, reason, maker } = wish;
    return inTransaction(this.database, async (tx) => {
      if (!(await this.store.isStopped(tx, terminal)))
        throw new Refusal(offlineSalesProblems, 'terminal_not_stopped');
      const subject = terminal.toString();
      const summary = `Let terminal ${subject} sell without a network again: ${reason}`;
      const kind = resumeApprovalKind;
      return this.approvals.propose(tx, { maker, kind, subject, summary });
    });
  }

  async carryOut(tx: Tx, { approval, subject }: ApprovalDecided): Promise<void> {
    await this.store.resume(tx, subject, approval);
  }
}
