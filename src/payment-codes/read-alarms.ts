import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from '../platform/metrics/metrics.js';

export const alarmKinds = [
  'phone_cloned',
  'code_guessed',
  'terminal_paused',
  'codes_failing',
  'code_doubled',
  'records_broken',
  'code_replayed',
  'issuer_key_ends',
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

export type CodeAlarm = {
  readonly id: bigint;
  readonly kind: AlarmKind;
  /** Whose phone it is about. */
  readonly cardNumber: string | null;
  readonly terminal: bigint | null;
  readonly raisedAt: Date;
};

type Row = {
  id: string;
  kind: AlarmKind;
  card_number: string | null;
  terminal: string | null;
  raised_at: Date;
};

export const alarmsMax = 100;

/** What the office should look at: copied phones, guessed codes, terminals that guess, codes that fail everywhere. */
@Injectable()
export class ReadAlarms implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.watch({
      name: 'campus_code_alarms',
      help: 'Alarms about payment codes that were raised in the last hour',
      labels: ['kind'],
      read: async () => {
        const rows = await this.database.query<{ kind: AlarmKind; count: number }[]>(
          `select a.kind, count(*)::int as count from payment_codes.alarm a
           where a.raised_at > platform.now() - interval '1 hour' group by a.kind`,
        );
        return rows.map(({ kind, count }) => ({ value: count, labels: { kind } }));
      },
    });
  }

  /** Newest first, a hundred at a time. */
  async read(before?: bigint): Promise<CodeAlarm[]> {
    const rows = await this.database.query<Row[]>(
      `select a.id, a.kind, c.number as card_number, a.terminal, a.raised_at from payment_codes.alarm a
       left join payment_codes.credential k on k.id = a.credential
       left join cards.card c on c.id = k.card
       where $1::bigint is null or a.id < $1 order by a.id desc limit $2`,
      [before?.toString() ?? null, alarmsMax],
    );
    return rows.map((row) => ({
      id: BigInt(row.id),
      kind: row.kind,
      cardNumber: row.card_number,
      terminal: row.terminal === null ? null : BigInt(row.terminal),
      raisedAt: row.raised_at,
    }));
  }
}
