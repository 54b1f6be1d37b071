import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';

export const refundStates = ['proposed', 'accepted', 'rejected', 'refunded', 'failed'] as const;
export type RefundState = (typeof refundStates)[number];

export type Refund = {
  readonly id: string;
  readonly number: string;
  readonly payment: string;
  readonly short_number: string;
  readonly amount: string;
  readonly reason: string;
  readonly state: RefundState;
  /** Why it could not be carried out: `payment_reversed` or `refund_exceeds`. */
  readonly failure: string | null;
  readonly approval: string;
  readonly maker: string;
  readonly proposed_at: Date;
  readonly checker: string | null;
  readonly refunded_at: Date | null;
};

export type RefundSearch = {
  readonly id?: bigint;
  readonly payment?: string | undefined;
  readonly state?: RefundState | undefined;
  /** The last id of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
};

export type ProposedRow = {
  outcome: 'proposed' | 'known' | 'reused' | 'unknown' | 'impossible' | 'exceeds';
  refund: string;
  rest: string;
  short_number: string;
  business_date: string;
};

const acceptedMax = 100;

@Injectable()
export class RefundsStore {
  constructor(private readonly database: DataSource) {}

  async propose(
    tx: Tx,
    wish: { number: string; payment: bigint; amount: bigint; reason: string; maker: bigint },
  ): Promise<ProposedRow | undefined> {
    const rows: ProposedRow[] = await tx.query(
      `select outcome, refund, rest, short_number, business_date::text
       from payments.propose_refund($1, $2, $3, $4, $5)`,
      [
        wish.number,
        wish.payment.toString(),
        wish.amount.toString(),
        wish.reason,
        wish.maker.toString(),
      ],
    );
    return rows[0];
  }

  async setApproval(tx: Tx, refund: string, approval: bigint): Promise<void> {
    await tx.query('select payments.set_refund_approval($1, $2)', [refund, approval.toString()]);
  }

  async decide(
    tx: Tx,
    word: { refund: string; approval: string; checker: string; state: 'accepted' | 'rejected' },
  ): Promise<void> {
    await tx.query('select payments.decide_refund($1, $2, $3, $4)', [
      word.refund,
      word.approval,
      word.checker,
      word.state,
    ]);
  }

  /** What two people agreed on and nobody has carried out yet, the oldest first. */
  async accepted(): Promise<bigint[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `select id from payments.refund where state = 'accepted' order by id limit ${acceptedMax}`,
    );
    return rows.map(({ id }) => BigInt(id));
  }

  async carryOut(refund: bigint): Promise<'refunded' | 'failed' | null> {
    const [row] = await this.database.query<{ state: 'refunded' | 'failed' | null }[]>(
      'select payments.carry_out_refund($1) as state',
      [refund.toString()],
    );
    return row?.state ?? null;
  }

  /** Newest first. */
  search({ id, payment, state, before, limit }: RefundSearch): Promise<Refund[]> {
    return this.database.query(
      `select r.id, r.number, r.payment, p.short_number, r.amount, r.reason, r.state, r.failure, r.approval, r.maker,
         r.proposed_at, r.checker, r.refunded_at
       from payments.refund r join payments.payment p on p.id = r.payment and p.decided_at = r.decided_at
       where ($1::bigint is null or r.id = $1) and ($2::bigint is null or r.payment = $2)
         and ($3::text is null or r.state = $3) and ($4::bigint is null or r.id < $4)
       order by r.id desc limit $5`,
      [id?.toString() ?? null, payment ?? null, state ?? null, before ?? null, limit],
    );
  }
}
