import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

export const importKinds = ['subsidy', 'top-up'] as const;
export type ImportKind = (typeof importKinds)[number];

/** accepted: a second person consented and lines are being posted. */
export type ImportState = 'proposed' | 'rejected' | 'accepted' | 'posted';

/** A file of subsidies or top-ups. */
@Entity({ schema: 'funding', name: 'import' })
export class ImportRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @Column({ type: 'text' })
  kind: ImportKind;

  @Column({ type: 'text' })
  purse: string;

  @Column({ name: 'batch_number', type: 'text' })
  batchNumber: string;

  @Column({ name: 'usable_until', type: 'timestamptz', nullable: true })
  usableUntil: Date | null;

  @Column({ type: 'bytea' })
  sha256: Buffer;

  @Column({ type: 'int' })
  lines: number;

  @Column(bigintColumn())
  amount: bigint;

  @Column({ type: 'text' })
  state: ImportState;

  @Column(bigintColumn())
  maker: bigint;

  @Column(bigintColumn({ nullable: true }))
  approval: bigint | null;

  @Column(bigintColumn({ nullable: true }))
  checker: bigint | null;

  @Column({ name: 'proposed_at', type: 'timestamptz' })
  proposedAt: Date;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ name: 'posted_at', type: 'timestamptz', nullable: true })
  postedAt: Date | null;
}
