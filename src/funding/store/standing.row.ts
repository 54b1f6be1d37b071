import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

/** What a card's sales spent of its cash and nobody has asked the bank for yet. */
@Entity({ schema: 'funding', name: 'standing' })
export class StandingRow {
  @PrimaryColumn(bigintColumn())
  card: bigint;

  @Column(bigintColumn())
  missing: bigint;

  @Column(bigintColumn({ name: 'debit_most' }))
  debitMost: bigint;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt: Date;
}
