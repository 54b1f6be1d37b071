import type { DataSource, EntityManager } from 'typeorm';
import type { Tx } from '../../platform/database/transaction.js';
import type { AgreementStatus } from './agreement.row.js';

export type Agreement = {
  readonly id: bigint;
  readonly number: string;
  readonly status: AgreementStatus;
  readonly holderName: string;
  readonly accountTail: string;
};

type Row = {
  id: string;
  number: string;
  status: AgreementStatus;
  holder_name: string;
  account_tail: string;
};

/** The one agreement of an owner that is in force or being signed. */
export async function findLiveAgreement(
  reader: DataSource | EntityManager,
  owner: bigint,
): Promise<Agreement | undefined> {
  const rows: Row[] = await reader.query(
    `select id, number, status, holder_name, account_tail from bank.agreement
     where owner = $1 and status in ('signing', 'active')`,
    [owner],
  );
  const row = rows[0];
  return row === undefined
    ? undefined
    : {
        id: BigInt(row.id),
        number: row.number,
        status: row.status,
        holderName: row.holder_name,
        accountTail: row.account_tail,
      };
}

/** @returns nothing when somebody else proposed one for the same owner at the same time. */
export async function insertAgreement(
  tx: Tx,
  agreement: { owner: bigint; number: string; holderName: string; accountTail: string },
): Promise<void> {
  const { owner, number, holderName, accountTail } = agreement;
  await tx.query(
    `insert into bank.agreement (owner, number, holder_name, account_tail, status)
     values ($1, $2, $3, $4, 'signing') on conflict do nothing`,
    [owner, number, holderName, accountTail],
  );
}

export async function activateAgreement(tx: Tx, number: string, signedAt: Date): Promise<void> {
  await tx.query(
    `update bank.agreement set status = 'active', signed_at = $2
     where number = $1 and status = 'signing'`,
    [number, signedAt],
  );
}

export async function endAgreement(
  tx: Tx,
  number: string,
  status: 'refused' | 'revoked',
  reason: string,
): Promise<void> {
  await tx.query(
    `update bank.agreement set status = $2, reason = $3, ended_at = platform.now()
     where number = $1 and status in ('signing', 'active')`,
    [number, status, reason],
  );
}
