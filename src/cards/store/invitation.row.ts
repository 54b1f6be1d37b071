import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

@Entity({ schema: 'cards', name: 'invitation' })
export class InvitationRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;
  @Column(bigintColumn())
  card: bigint;
  @Column({ type: 'bigint', array: true, nullable: true })
  places: string[] | null;
  @Column({ name: 'starts_at', type: 'timestamptz' })
  startsAt: Date;
  @Column({ name: 'ends_at', type: 'timestamptz' })
  endsAt: Date;
  @Column({ name: 'from_time', type: 'time', nullable: true })
  fromTime: string | null;
  @Column({ name: 'until_time', type: 'time', nullable: true })
  untilTime: string | null;
  @Column(bigintColumn({ name: 'invited_by' }))
  invitedBy: bigint;
  @Column({ name: 'invited_at', type: 'timestamptz' })
  invitedAt: Date;
  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;
}
