import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DomainEvent } from './outbox.js';

const pollMs = 250;
const batchMax = 500;
/**
 * Who was woken looks at once, and then not again before this long: under load, events are read by the dozen, and the
 * database is not asked after each call that decided a few sales.
 */
const gapMs = 40;

/**
 * Shows every process every event, from now on and at most once: for hints to sockets and for caches, which each process
 * holds for itself. Nothing that must happen may depend on it.
 */
@Injectable()
export class FollowEvents implements OnApplicationShutdown {
  private readonly logger = new Logger('events');
  private readonly followers: ((event: DomainEvent) => void)[] = [];
  private position: { era: number; xid: string; id: string } | undefined;
  /** What was committed at the start. The position lies behind whatever ran then, and so before some of that. */
  private atStart = '';
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private lookAgain = false;
  private lookedAt = -gapMs;
  private next: NodeJS.Timeout | undefined;

  constructor(private readonly database: DataSource) {}

  follow(follower: (event: DomainEvent) => void): void {
    this.followers.push(follower);
  }

  /** Resolves once the first look fixed from where on events are shown. */
  async start(): Promise<void> {
    this.timer = setInterval(() => this.wake(), pollMs);
    this.wake();
    await this.looking;
  }

  wake(): void {
    if (this.timer === undefined || this.next !== undefined) return;
    if (this.looking !== undefined) {
      this.lookAgain = true;
      return;
    }
    const restMs = this.lookedAt + gapMs - performance.now();
    if (restMs > 0) {
      this.next = setTimeout(() => {
        this.next = undefined;
        this.wake();
      }, restMs);
      return;
    }
    this.lookedAt = performance.now();
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
    clearTimeout(this.next);
    this.timer = undefined;
    await this.looking;
  }

  private async look(): Promise<void> {
    if (this.position === undefined) {
      const [now] = await this.database.query<{ era: number; seen: string }[]>(
        'select platform.current_era() as era, pg_current_snapshot()::text as seen',
      );
      this.atStart = now?.seen ?? '1:1:';
      this.position = { era: now?.era ?? 1, xid: this.atStart.split(':')[0] ?? '0', id: '0' };
    }
    const { era, xid, id } = this.position;
    type Row = {
      era: number;
      xid: string;
      id: string;
      type: string;
      happened_at: Date;
      payload: Record<string, unknown>;
      before_start: boolean;
    };
    const rows: Row[] = await this.database.query(
      `select era, xid::text, id, type, happened_at, payload,
              pg_visible_in_snapshot(xid, $5::pg_snapshot) as before_start
         from platform.read_outbox($1, $2::xid8, $3, $4)`,
      [era, xid, id, batchMax, this.atStart],
    );
    for (const row of rows) {
      this.position = { era: row.era, xid: row.xid, id: row.id };
      if (row.before_start) continue;
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
