import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

@Entity({ schema: 'payment_codes', name: 'credential' })
export class CredentialRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;
  @Column(bigintColumn())
  card: bigint;
  @Column({ type: 'text' })
  status: 'active' | 'closed';
  @Column({ name: 'sealed_seed', type: 'bytea', select: false })
  sealedSeed: Buffer;
  @Column({ name: 'wrapping_key', type: 'text' })
  wrappingKey: string;
  @Column({ type: 'int' })
  generation: number;
  @Column({ name: 'alias_seconds', type: 'int' })
  aliasSeconds: number;
  @Column({ name: 'device_name', type: 'text' })
  deviceName: string;
  @Column(bigintColumn({ name: 'high_water' }))
  highWater: bigint;
  @Column({ name: 'synchronised_at', type: 'timestamptz' })
  synchronisedAt: Date;
  @Column({ name: 'usable_until', type: 'timestamptz' })
  usableUntil: Date;
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
  @Column({ name: 'proven_generation', type: 'int' })
  provenGeneration: number;
  @Column({ name: 'sealed_previous', type: 'bytea', select: false, nullable: true })
  sealedPrevious: Buffer | null;
  @Column({ name: 'previous_alias_seconds', type: 'int', nullable: true })
  previousAliasSeconds: number | null;
  @Column({ name: 'device_random', type: 'bytea', select: false, nullable: true })
  deviceRandom: Buffer | null;
  @Column({ name: 'sealed_random', type: 'bytea', select: false, nullable: true })
  sealedRandom: Buffer | null;
  @Column(bigintColumn({ name: 'first_step', nullable: true }))
  firstStep: bigint | null;
  @Column({ name: 'device_key', type: 'bytea', nullable: true })
  deviceKey: Buffer | null;
  @Column({ name: 'service_key', type: 'bytea', nullable: true })
  serviceKey: Buffer | null;
  @Column(bigintColumn({ name: 'sign_in', nullable: true }))
  signIn: bigint | null;
  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt: Date | null;
}
