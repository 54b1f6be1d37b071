import type { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';
import type { BankAnswer, Instruction } from '../domain/bank-port.js';

export type DueInstruction = Instruction & {
  readonly id: bigint;
  readonly owner: bigint | null;
  readonly attempts: number;
  /** True when an earlier call may have reached the bank. */
  readonly mayHaveArrived: boolean;
};

type DueRow = {
  id: string;
  number: string;
  kind: 'debit' | 'payout';
  amount: string;
  purpose: string;
  payee_account: string | null;
  attempts: number;
  before: string;
  agreement_number: string | null;
  owner: string | null;
};

export type NewInstruction =
  | {
      readonly kind: 'debit';
      readonly number: string;
      readonly agreement: bigint;
      readonly amount: bigint;
      readonly purpose: string;
    }
  | {
      readonly kind: 'payout';
      readonly number: string;
      readonly payeeAccount: string;
      readonly amount: bigint;
      readonly purpose: string;
    };

export async function insertInstruction(tx: Tx, wanted: NewInstruction): Promise<bigint> {
  const rows: { id: string }[] = await tx.query(
    `insert into bank.instruction (number, kind, agreement, payee_account, amount, purpose)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [
      wanted.number,
      wanted.kind,
      wanted.kind === 'debit' ? wanted.agreement : null,
      wanted.kind === 'payout' ? wanted.payeeAccount : null,
      wanted.amount,
      wanted.purpose,
    ],
  );
  return BigInt(rows[0]?.id ?? 0);
}

/** @returns false when it was called already, so that only the bank can say how it ends. */
export async function cancelInstruction(tx: Tx, id: bigint): Promise<boolean> {
  const [, cancelled]: [unknown[], number] = await tx.query(
    `update bank.instruction set state = 'cancelled', resolved_at = platform.now()
     where id = $1 and state = 'claimed'`,
    [id],
  );
  return cancelled === 1;
}

/**
 * Takes the instruction that has waited longest, before it is sent: whoever finds it in this state
 * later knows that the call may have gone out. It comes back to others when the lease is over.
 */
export async function takeDueInstruction(
  database: DataSource,
  leaseSeconds: number,
): Promise<DueInstruction | undefined> {
  const [rows]: [DueRow[], number] = await database.query(
    `update bank.instruction i
     set state = case when i.state = 'claimed' then 'called' else i.state end,
       attempts = i.attempts + 1,
       called_at = coalesce(i.called_at, platform.now()),
       due_at = platform.now() + make_interval(secs => $1)
     from (
       select d.id, d.state as before from bank.instruction d
       where d.resolved_at is null and d.due_at <= platform.now()
       order by d.due_at, d.id limit 1 for update skip locked
     ) due
     where i.id = due.id
     returning i.id, i.number, i.kind, i.amount, i.purpose, i.payee_account, i.attempts, due.before,
       (select a.number from bank.agreement a where a.id = i.agreement) as agreement_number,
       (select a.owner from bank.agreement a where a.id = i.agreement) as owner`,
    [leaseSeconds],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    id: BigInt(row.id),
    number: row.number,
    kind: row.kind,
    amount: BigInt(row.amount),
    purpose: row.purpose,
    payeeAccount: row.payee_account,
    attempts: row.attempts,
    agreementNumber: row.agreement_number,
    owner: row.owner === null ? null : BigInt(row.owner),
    mayHaveArrived: row.before !== 'claimed',
  };
}

/** @returns false when somebody else recorded its end first. */
export async function recordEnd(
  tx: Tx,
  id: bigint,
  answer: Exclude<BankAnswer, { outcome: 'unknown' }>,
): Promise<boolean> {
  const [, ended]: [unknown[], number] = await tx.query(
    `update bank.instruction
     set state = $2, reason = $3, bank_reference = $4, booked_at = $5, resolved_at = platform.now()
     where id = $1 and resolved_at is null`,
    [
      id,
      answer.outcome,
      answer.outcome === 'failed' ? answer.reason : null,
      answer.bankReference,
      answer.outcome === 'succeeded' ? answer.bookedAt : null,
    ],
  );
  return ended === 1;
}

export async function recordUnknown(
  database: DataSource,
  id: bigint,
  reason: string,
  askAgainSeconds: number,
): Promise<void> {
  await database.query(
    `update bank.instruction
     set state = 'unknown', reason = $2, due_at = platform.now() + make_interval(secs => $3)
     where id = $1 and resolved_at is null`,
    [id, reason, askAgainSeconds],
  );
}
