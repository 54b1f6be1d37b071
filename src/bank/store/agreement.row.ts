import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

export type AgreementStatus = 'signing' | 'active' | 'refused' | 'revoked';

/** A holder's consent that the bank debits their account for one owner's purse. */
@Entity({ schema: 'bank', name: 'agreement' })
export class AgreementRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @Column(bigintColumn())
  owner: bigint;

  /** Our number of it, which the bank keeps too. */
  @Column({ type: 'uuid' })
  number: string;

  @Column({ name: 'holder_name', type: 'text' })
  holderName: string;

  /** The last four characters of the bank account; the rest is never kept. */
  @Column({ name: 'account_tail', type: 'text' })
  accountTail: string;

  @Column({ type: 'text' })
  status: AgreementStatus;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'proposed_at', type: 'timestamptz' })
  proposedAt: Date;

  @Column({ name: 'signed_at', type: 'timestamptz', nullable: true })
  signedAt: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
