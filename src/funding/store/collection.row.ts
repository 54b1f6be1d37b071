import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

/**
 * claimed: the bank is being asked. succeeded: the money is in the purse. failed: the bank refused;
 * what is missing is asked for with the next sale. cancelled: the sale was taken back in time.
 * covered: nothing had to be asked.
 */
export const collectionStates = ['claimed', 'succeeded', 'failed', 'cancelled', 'covered'] as const;
export type CollectionState = (typeof collectionStates)[number];

/** What became of the cash that one entry spent. */
@Entity({ schema: 'funding', name: 'collection' })
export class CollectionRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @Column(bigintColumn())
  card: bigint;

  @Column(bigintColumn())
  cardholder: bigint;

  @Column(bigintColumn())
  payment: bigint;

  @Column(bigintColumn())
  entry: bigint;

  @Column(bigintColumn())
  spent: bigint;

  @Column(bigintColumn())
  amount: bigint;

  @Column(bigintColumn({ nullable: true }))
  instruction: bigint | null;

  @Column({ type: 'text' })
  state: CollectionState;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column(bigintColumn({ name: 'posted_entry', nullable: true }))
  postedEntry: bigint | null;

  @Column({ name: 'claimed_at', type: 'timestamptz' })
  claimedAt: Date;

  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;
}
