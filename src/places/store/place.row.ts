import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

@Entity({ schema: 'places', name: 'merchant' })
export class MerchantRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;
  @Column({ name: 'name_zh', type: 'text' })
  nameZh: string;
  @Column({ name: 'name_en', type: 'text' })
  nameEn: string;
  @Column({ name: 'bank_account', type: 'text', nullable: true })
  bankAccount: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}

@Entity({ schema: 'places', name: 'place' })
export class PlaceRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;
  @Column(bigintColumn())
  merchant: bigint;
  @Column({ name: 'name_zh', type: 'text' })
  nameZh: string;
  @Column({ name: 'name_en', type: 'text' })
  nameEn: string;
  @Column({ type: 'text' })
  kind: 'canteen' | 'gym' | 'dorm';
  @Column({ name: 'tariff_type', type: 'text' })
  tariffType: 'entered' | 'fixed' | 'metered';
  @Column(bigintColumn({ name: 'tariff_amount' }))
  tariffAmount: bigint;
  @Column({ type: 'text', nullable: true })
  unit: 'liter' | 'kwh' | 'minute' | null;
  @Column(bigintColumn({ name: 'unit_price', nullable: true }))
  unitPrice: bigint | null;
  @Column({ name: 'hold_seconds', type: 'int', nullable: true })
  holdSeconds: number | null;
  @Column({ type: 'boolean' })
  open: boolean;
  @Column({ type: 'text', array: true, nullable: true })
  serves: string[] | null;
  @Column({ type: 'boolean', nullable: true })
  attended: boolean | null;
  @Column({ type: 'boolean' })
  offline: boolean;
  @Column({ name: 'void_minutes', type: 'int' })
  voidMinutes: number;
  @Column(bigintColumn({ name: 'void_supervised_above' }))
  voidSupervisedAbove: bigint;
  @Column({ name: 'shows_name', type: 'boolean' })
  showsName: boolean;
  @Column({ name: 'shows_purses', type: 'boolean' })
  showsPurses: boolean;
  @Column({ name: 'shows_balance', type: 'boolean' })
  showsBalance: boolean;
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}

@Entity({ schema: 'places', name: 'price' })
export class PriceRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;
  @Column(bigintColumn())
  place: bigint;
  @Column({ type: 'text', nullable: true })
  meal: string | null;
  @Column({ name: 'group_code', type: 'text', nullable: true })
  group: string | null;
  @Column(bigintColumn())
  amount: bigint;
}
