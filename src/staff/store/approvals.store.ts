import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';
import { Refusal } from '../../platform/errors/problem.js';
import { staffProblems } from '../staff.errors.js';

export const approvalStates = ['proposed', 'consented', 'rejected'] as const;
export type ApprovalState = (typeof approvalStates)[number];

export type Approval = {
  readonly id: bigint;
  readonly kind: string;
  readonly subject: string;
  readonly summary: string;
  readonly maker: bigint;
  readonly proposedAt: Date;
  readonly state: ApprovalState;
  readonly checker: bigint | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
};

type Row = {
  id: string;
  kind: string;
  subject: string;
  summary: string;
  maker: string;
  proposed_at: Date;
  state: ApprovalState;
  checker: string | null;
  decided_at: Date | null;
  reason: string | null;
};

const columns =
  'id, kind, subject, summary, maker, proposed_at, state, checker, decided_at, reason';

const toApproval = (row: Row): Approval => ({
  id: BigInt(row.id),
  kind: row.kind,
  subject: row.subject,
  summary: row.summary,
  maker: BigInt(row.maker),
  proposedAt: row.proposed_at,
  state: row.state,
  checker: row.checker === null ? null : BigInt(row.checker),
  decidedAt: row.decided_at,
  reason: row.reason,
});

const pageSize = 100;

@Injectable()
export class ApprovalsStore {
  constructor(private readonly database: DataSource) {}

  /** @throws {Refusal} approval_already_proposed */
  async insert(
    tx: Tx,
    proposed: { maker: bigint; kind: string; subject: string; summary: string },
  ): Promise<bigint> {
    const rows: { id: string }[] = await tx.query(
      `insert into staff.approval (maker, kind, subject, summary) values ($1, $2, $3, $4)
       on conflict (kind, subject) where state = 'proposed' do nothing returning id`,
      [proposed.maker.toString(), proposed.kind, proposed.subject, proposed.summary],
    );
    if (rows[0] === undefined) throw new Refusal(staffProblems, 'approval_already_proposed');
    return BigInt(rows[0].id);
  }

  /** Two people may decide at once: the second waits here and finds it decided. */
  async lock(tx: Tx, id: bigint): Promise<Approval> {
    const rows: Row[] = await tx.query(
      `select ${columns} from staff.approval where id = $1 for update`,
      [id.toString()],
    );
    if (rows[0] === undefined) throw new Refusal(staffProblems, 'approval_unknown');
    return toApproval(rows[0]);
  }

  async decide(
    tx: Tx,
    id: bigint,
    decision: { state: 'consented' | 'rejected'; checker: bigint; reason: string | null },
  ): Promise<Approval> {
    await tx.query(
      `update staff.approval
       set state = $2, checker = $3, reason = $4, decided_at = platform.now() where id = $1`,
      [id.toString(), decision.state, decision.checker.toString(), decision.reason],
    );
    return this.lock(tx, id);
  }

  /** Newest first. */
  async list(filter: { state?: ApprovalState; before?: bigint }): Promise<Approval[]> {
    const rows = await this.database.query<Row[]>(
      `select ${columns} from staff.approval
       where ($1::text is null or state = $1) and ($2::bigint is null or id < $2)
       order by id desc limit ${pageSize}`,
      [filter.state ?? null, filter.before?.toString() ?? null],
    );
    return rows.map(toApproval);
  }
}
