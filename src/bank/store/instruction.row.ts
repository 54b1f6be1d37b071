import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

/**
 * claimed: stored, not sent. called: sent, or about to be. unknown: sent, and the bank has not said
 * how it ended. succeeded, failed: the bank's word, for ever. cancelled: withdrawn before it was
 * sent.
 */
export type InstructionState =
  'claimed' | 'called' | 'unknown' | 'succeeded' | 'failed' | 'cancelled';

/** One thing asked of the bank. */
@Entity({ schema: 'bank', name: 'instruction' })
export class InstructionRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @Column({ type: 'uuid' })
  number: string;

  @Column({ type: 'text' })
  kind: 'debit' | 'payout';

  @Column(bigintColumn({ nullable: true }))
  agreement: bigint | null;

  @Column({ name: 'payee_account', type: 'text', nullable: true })
  payeeAccount: string | null;

  @Column(bigintColumn())
  amount: bigint;

  @Column({ type: 'text' })
  purpose: string;

  @Column({ type: 'text' })
  state: InstructionState;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'bank_reference', type: 'text', nullable: true })
  bankReference: string | null;

  @Column({ type: 'int' })
  attempts: number;

  @Column({ name: 'claimed_at', type: 'timestamptz' })
  claimedAt: Date;

  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt: Date;

  @Column({ name: 'called_at', type: 'timestamptz', nullable: true })
  calledAt: Date | null;

  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;

  @Column({ name: 'booked_at', type: 'timestamptz', nullable: true })
  bookedAt: Date | null;
}
