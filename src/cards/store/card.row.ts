import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

@Entity({ schema: 'cards', name: 'card' })
export class CardRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;
  @Column(bigintColumn())
  cardholder: bigint;
  @Column({ type: 'text' })
  number: string;
  @Column({ type: 'text' })
  status: 'active' | 'frozen' | 'lost' | 'closed';
  @Column(bigintColumn({ name: 'day_limit' }))
  dayLimit: bigint;
  @Column({ name: 'spent_on', type: 'date', nullable: true })
  spentOn: string | null;
  @Column(bigintColumn({ name: 'spent_amount' }))
  spentAmount: bigint;
  @Column({ name: 'spent_count', type: 'int' })
  spentCount: number;
  @Column({ name: 'issued_at', type: 'timestamptz' })
  issuedAt: Date;
  @Column({ name: 'status_at', type: 'timestamptz' })
  statusAt: Date;
}

@Entity({ schema: 'cards', name: 'group_limit' })
export class GroupLimitRow {
  @PrimaryColumn({ name: 'group_code', type: 'text' })
  groupCode: string;
  @Column(bigintColumn({ name: 'day_limit' }))
  dayLimit: bigint;
}
