import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

@Entity({ schema: 'terminals', name: 'terminal' })
export class TerminalRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;
  @Column({ type: 'text' })
  code: string;
  @Column(bigintColumn())
  place: bigint;
  @Column({ name: 'name_zh', type: 'text' })
  nameZh: string;
  @Column({ name: 'name_en', type: 'text' })
  nameEn: string;
  @Column({ type: 'text' })
  status: 'active' | 'revoked';
  @Column({ type: 'text', nullable: true })
  model: string | null;
  @Column({ name: 'software_version', type: 'text', nullable: true })
  softwareVersion: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;
  @Column({ name: 'offline_stopped_at', type: 'timestamptz', nullable: true })
  offlineStoppedAt: Date | null;
  @Column({ type: 'boolean' })
  kiosk: boolean;
}

@Entity({ schema: 'terminals', name: 'heartbeat' })
export class HeartbeatRow {
  @PrimaryColumn({ type: 'bigint' })
  terminal: string;
  @Column({ name: 'seen_at', type: 'timestamptz' })
  seenAt: Date;
  @Column({ name: 'software_version', type: 'text', nullable: true })
  softwareVersion: string | null;
  @Column({ name: 'queued_reversals', type: 'int' })
  queuedReversals: number;
}

@Entity({ schema: 'terminals', name: 'terminal_key' })
export class TerminalKeyRow {
  @PrimaryColumn(bigintColumn())
  terminal: bigint;
  @PrimaryColumn({ type: 'int' })
  generation: number;
  @Column({ type: 'text' })
  algorithm: 'ed25519' | 'ecdsa-p256-sha256';
  @Column({ name: 'public_key', type: 'bytea' })
  publicKey: Buffer;
  @Column({ type: 'text' })
  status: 'active' | 'retired';
  @Column({ name: 'enrolled_at', type: 'timestamptz' })
  enrolledAt: Date;
  @Column({ name: 'retired_at', type: 'timestamptz', nullable: true })
  retiredAt: Date | null;
}
