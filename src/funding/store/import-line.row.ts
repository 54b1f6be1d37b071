import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

/** One card's part of an imported file; paid when it has an entry. */
@Entity({ schema: 'funding', name: 'import_line' })
export class ImportLineRow {
  @PrimaryColumn(bigintColumn())
  import: bigint;

  /** The line of the file, the header being line 1. */
  @PrimaryColumn({ type: 'int' })
  line: number;

  @Column(bigintColumn())
  card: bigint;

  @Column(bigintColumn())
  cardholder: bigint;

  @Column(bigintColumn())
  amount: bigint;

  @Column(bigintColumn({ nullable: true }))
  entry: bigint | null;

  @Column({ name: 'posted_at', type: 'timestamptz', nullable: true })
  postedAt: Date | null;
}
