/**
 * Money back after the till's own time takes two people: one proposes how much of a payment, another consents, and then it
 * goes back, once, to the purses that paid: what was drawn last comes back first. Limits stay as they are.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { formatYuan } from '../money/amount.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { ProposeApproval } from '../staff/propose-approval.js';
import type { ApprovalDecided } from '../staff/staff.events.js';
import { paymentsProblems } from './payments.errors.js';
import { PaymentsStore } from './store/payments.store.js';
import { RefundsStore, type ProposedRow, type Refund } from './store/refunds.store.js';

/** The approval's kind, and the permission that proposer and second person hold. */
export const refundApprovalKind = 'payments.refund';

export type RefundWish = {
  /** The proposer's own number: sent again, it is the same proposal. */
  readonly refundNumber: string;
  readonly payment: bigint;
  readonly amount: bigint;
  readonly reason: string;
  /** The member of staff who proposes. */
  readonly maker: bigint;
};

@Injectable()
export class RefundPayment {
  constructor(
    private readonly database: DataSource,
    private readonly approvals: ProposeApproval,
    private readonly refunds: RefundsStore,
    private readonly payments: PaymentsStore,
  ) {}

  /** @throws {Refusal} payment_unknown, refund_impossible, refund_exceeds, refund_number_reused */
  async propose(wish: RefundWish): Promise<Refund> {
    const { refundNumber: number, payment, amount, reason, maker } = wish;
    const id = await inTransaction(this.database, async (tx) => {
      const row = await this.refunds.propose(tx, { number, payment, amount, reason, maker });
      invariant(row !== undefined, 'payments.propose_refund answered nothing.');
      refuse(row);
      if (row.outcome === 'known') return row.refund;
      const summary =
        `Refund ${formatYuan(amount)} of ${row.short_number} of ${row.business_date}: ` + reason;
      const subject = row.refund;
      const kind = refundApprovalKind;
      const approval = await this.approvals.propose(tx, { maker, kind, subject, summary });
      await this.refunds.setApproval(tx, row.refund, approval);
      return row.refund;
    });
    const [refund] = await this.refunds.search({ id: BigInt(id), limit: 1 });
    invariant(refund !== undefined, 'A proposed refund is not there.');
    return refund;
  }

  /** The second person's word. Hearing it again changes nothing. */
  async decide(tx: Tx, word: ApprovalDecided, state: 'accepted' | 'rejected'): Promise<void> {
    const { approval, subject: refund, checker } = word;
    await this.refunds.decide(tx, { refund, approval, checker, state });
  }

  /**
   * Carries out everything that was agreed on, each in a transaction of its own, so that no sale waits for more than one
   * refund and a crash loses none and repeats none.
   */
  async carryOutAccepted(): Promise<void> {
    for (const id of await this.refunds.accepted())
      if ((await this.refunds.carryOut(id)) === 'refunded') this.payments.wakeConsumers();
  }
}

function refuse({ outcome, rest }: ProposedRow): void {
  if (outcome === 'exceeds') {
    const detail = `At most ${formatYuan(BigInt(rest))} of this payment can be refunded.`;
    throw new Refusal(paymentsProblems, 'refund_exceeds', { detail });
  }
  if (outcome === 'unknown') throw new Refusal(paymentsProblems, 'payment_unknown');
  if (outcome === 'impossible') throw new Refusal(paymentsProblems, 'refund_impossible');
  if (outcome === 'reused') throw new Refusal(paymentsProblems, 'refund_number_reused');
}
