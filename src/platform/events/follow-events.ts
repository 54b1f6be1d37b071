import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DomainEvent } from './outbox.js';

const pollMs = 250;
const batchMax = 500;

/**
 * Shows every process every event, from now on and at most once: for hints to sockets and for caches, which each process
 * holds for itself. Nothing that must happen may depend on it.
 */
@Injectable()
export class FollowEvents implements OnApplicationShutdown {
  private readonly logger = new Logger('events');
  private readonly followers: ((event: DomainEvent) => void)[] = [];
  private position: { era: number; xid: string; id: string } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;

  constructor(private readonly database: DataSource) {}

  follow(follower: (event: DomainEvent) => void): void {
    this.followers.push(follower);
  }

  start(): void {
    this.timer = setInterval(() => this.wake(), pollMs);
    this.wake();
  }

  wake(): void {
    if (this.timer === undefined) return;
    if (this.looking !== undefined) {
      this.lookAgain = true;
      return;
    }
    this.looking = this.look()
      .catch((error: Error) => this.logger.debug(error.message))
      .finally(() => {
        this.looking = undefined;
        if (this.lookAgain) {
          this.lookAgain = false;
          this.wake();
        }
      });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.looking;
  }

  private async look(): Promise<void> {
    if (this.position === undefined) {
      const [now] = await this.database.query<{ era: number; xid: string }[]>(
        'select platform.current_era() as era, pg_snapshot_xmin(pg_current_snapshot())::text as xid',
      );
      this.position = { era: now?.era ?? 1, xid: now?.xid ?? '0', id: '0' };
    }
    const { era, xid, id } = this.position;
    type Row = {
      era: number;
      xid: string;
      id: string;
      type: string;
      happened_at: Date;
      payload: Record<string, unknown>;
    };
    const rows: Row[] = await this.database.query(
      'select era, xid::text, id, type, happened_at, payload from platform.read_outbox($1, $2::xid8, $3, $4)',
      [era, xid, id, batchMax],
    );
    for (const row of rows) {
      this.position = { era: row.era, xid: row.xid, id: row.id };
      const event = {
        id: BigInt(row.id),
        type: row.type,
        happenedAt: row.happened_at,
        payload: row.payload,
      };
      for (const follower of this.followers) follower(event);
    }
    if (rows.length === batchMax) this.lookAgain = true;
  }
}
