/** What moves much money or cannot be undone waits for a second person before it is carried out. */
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transaction.js';
import { ApprovalsStore } from './store/approvals.store.js';

export type Proposal = {
  /** The member of staff who proposes. */
  readonly maker: bigint;
  /** `noun.verb`, such as `funding.import`: also the permission that the second person must hold. */
  readonly kind: string;
  /** The proposing module's own id of what is proposed; one open approval for each kind and subject. */
  readonly subject: string;
  /** One sentence for the second person: what will happen if they consent. */
  readonly summary: string;
};

@Injectable()
export class ProposeApproval {
  constructor(private readonly approvals: ApprovalsStore) {}

  /**
   * Proposes in the caller's transaction. The consent comes as the event `approval.consented`; the module that proposed
   * carries it out, once, under the approval's id.
   * @throws {Refusal} approval_already_proposed
   */
  async propose(tx: Tx, proposal: Proposal): Promise<bigint> {
    return this.approvals.insert(tx, proposal);
  }
}
