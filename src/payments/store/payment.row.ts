import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';
import type { DeclineReason, PaymentState, Verdict } from '../payment.js';

@Entity({ schema: 'payments', name: 'payment' })
export class PaymentRow {
  @PrimaryColumn(bigintColumn())
  id: bigint;
  @Column({ name: 'order_no', type: 'uuid' })
  orderNumber: string;
  @Column(bigintColumn())
  terminal: bigint;
  @Column(bigintColumn())
  sequence: bigint;
  @Column({ name: 'short_number', type: 'text' })
  shortNumber: string;
  @Column(bigintColumn())
  place: bigint;
  @Column(bigintColumn())
  merchant: bigint;
  @Column(bigintColumn({ nullable: true }))
  card: bigint | null;
  @Column(bigintColumn({ nullable: true }))
  cardholder: bigint | null;
  @Column(bigintColumn({ nullable: true }))
  credential: bigint | null;
  @Column(bigintColumn({ nullable: true }))
  counter: bigint | null;
  @Column({ type: 'text', nullable: true })
  payer: string | null;
  @Column(bigintColumn())
  amount: bigint;
  @Column({ type: 'text' })
  verdict: Verdict;
  @Column({ type: 'text', nullable: true })
  reason: DeclineReason | null;
  @Column({ type: 'text' })
  state: PaymentState;
  @Column(bigintColumn())
  captured: bigint;
  @Column(bigintColumn())
  returned: bigint;
  @Column(bigintColumn({ nullable: true }))
  entry: bigint | null;
  @Column(bigintColumn({ nullable: true }))
  hold: bigint | null;
  @Column({ name: 'hold_until', type: 'timestamptz', nullable: true })
  holdUntil: Date | null;
  @Column({ name: 'business_date', type: 'date' })
  businessDate: string;
  @Column({ type: 'text', nullable: true })
  meal: string | null;
  @Column({ name: 'occurred_at', type: 'timestamptz' })
  occurredAt: Date;
  @PrimaryColumn({ name: 'decided_at', type: 'timestamptz' })
  decidedAt: Date;
}
