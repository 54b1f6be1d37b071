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
  @Column(bigintColumn({ name: 'sale_limit', nullable: true }))
  saleLimit: bigint | null;
  @Column(bigintColumn({ name: 'meal_limit', nullable: true }))
  mealLimit: bigint | null;
  @Column({ name: 'meal_count_limit', type: 'int', nullable: true })
  mealCountLimit: number | null;
  @Column(bigintColumn({ name: 'day_limit', nullable: true }))
  dayLimit: bigint | null;
  @Column({ name: 'day_count_limit', type: 'int', nullable: true })
  dayCountLimit: number | null;
  @Column(bigintColumn({ name: 'month_limit', nullable: true }))
  monthLimit: bigint | null;
  @Column({ name: 'month_count_limit', type: 'int', nullable: true })
  monthCountLimit: number | null;
  @Column({ name: 'spent_at', type: 'timestamptz', nullable: true })
  spentAt: Date | null;
  @Column({ name: 'spent_on', type: 'date', nullable: true })
  spentOn: string | null;
  @Column(bigintColumn({ name: 'spent_amount' }))
  spentAmount: bigint;
  @Column({ name: 'spent_count', type: 'int' })
  spentCount: number;
  @Column(bigintColumn({ name: 'month_amount' }))
  monthAmount: bigint;
  @Column({ name: 'month_count', type: 'int' })
  monthCount: number;
  @Column({ name: 'meal_on', type: 'date', nullable: true })
  mealOn: string | null;
  @Column({ type: 'text', nullable: true })
  meal: string | null;
  @Column(bigintColumn({ name: 'meal_amount' }))
  mealAmount: bigint;
  @Column({ name: 'meal_count', type: 'int' })
  mealCount: number;
  @Column({ name: 'group_code', type: 'text' })
  groupCode: string;
  @Column(bigintColumn({ name: 'asks_above', nullable: true }))
  asksAbove: bigint | null;
  @Column({ name: 'by_invitation', type: 'boolean' })
  byInvitation: boolean;
  @Column({ name: 'issued_at', type: 'timestamptz' })
  issuedAt: Date;
  @Column({ name: 'status_at', type: 'timestamptz' })
  statusAt: Date;
}

@Entity({ schema: 'cards', name: 'group_limit' })
export class GroupLimitRow {
  @PrimaryColumn({ name: 'group_code', type: 'text' })
  groupCode: string;
  @Column(bigintColumn({ name: 'sale_limit', nullable: true }))
  saleLimit: bigint | null;
  @Column(bigintColumn({ name: 'meal_limit', nullable: true }))
  mealLimit: bigint | null;
  @Column({ name: 'meal_count_limit', type: 'int', nullable: true })
  mealCountLimit: number | null;
  @Column(bigintColumn({ name: 'day_limit', nullable: true }))
  dayLimit: bigint | null;
  @Column({ name: 'day_count_limit', type: 'int', nullable: true })
  dayCountLimit: number | null;
  @Column(bigintColumn({ name: 'month_limit', nullable: true }))
  monthLimit: bigint | null;
  @Column({ name: 'month_count_limit', type: 'int', nullable: true })
  monthCountLimit: number | null;
  @Column(bigintColumn({ name: 'asks_above', nullable: true }))
  asksAbove: bigint | null;
  @Column({ name: 'asks_after', type: 'int', nullable: true })
  asksAfter: number | null;
  @Column({ name: 'asks_again', type: 'interval', nullable: true })
  asksAgain: unknown;
}
