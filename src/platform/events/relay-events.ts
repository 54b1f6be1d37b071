import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../database/transaction.js';
import type { DomainEvent } from './outbox.js';

export type EventHandler = (event: DomainEvent, tx: Tx) => Promise<void>;
export type EventHandlers = Readonly<Record<string, EventHandler>>;

const batchMax = 200;
const idlePauseMs = 250;
const failuresMax = 5;
const backOffMaxMs = 30_000;

type Cursor = { era: number; xid: string; id: string; failures: number };
type OutboxRow = {
  era: number;
  xid: string;
  id: string;
  happened_at: Date;
  type: string;
  payload: Record<string, unknown>;
};

/**
 * Hands each event to each consumer at least once, in order, behind the consumer's own cursor. The handler runs in the
 * transaction that moves the cursor: what it writes to this database happens once. What it does elsewhere may happen
 * again after a crash, so it must carry a number of its own. A poisonous event is set aside after five tries.
 */
@Injectable()
export class RelayEvents implements OnApplicationShutdown {
  private readonly logger = new Logger('events');
  private readonly consumers = new Map<string, EventHandlers>();
  private readonly wakers = new Set<() => void>();
  private readonly loops: Promise<void>[] = [];
  private running = false;

  constructor(private readonly database: DataSource) {}

  /** Registers a consumer. A new one starts at the beginning of what the outbox still holds. */
  consume(consumer: string, handlers: EventHandlers): void {
    if (this.consumers.has(consumer)) throw new Error(`${consumer} consumes already.`);
    this.consumers.set(consumer, handlers);
  }

  /** Starts relaying in this process; several processes take turns by a lock on the cursor's row. */
  start(): void {
    this.running = true;
    for (const [consumer, handlers] of this.consumers)
      this.loops.push(this.loop(consumer, handlers));
  }

  /** Something was written: look now instead of at the next pause. */
  wake(): void {
    for (const waker of this.wakers) waker();
  }

  async onApplicationShutdown(): Promise<void> {
    this.running = false;
    this.wake();
    await Promise.all(this.loops);
  }

  /** Relays whatever is there once; for tests and for the drain before a process leaves. */
  async relayAll(): Promise<void> {
    for (let moved = true; moved;) {
      moved = false;
      for (const [consumer, handlers] of this.consumers)
        if ((await this.relayBatch(consumer, handlers)) > 0) moved = true;
    }
  }

  private async loop(consumer: string, handlers: EventHandlers): Promise<void> {
    while (this.running) {
      let pauseMs = idlePauseMs;
      try {
        if ((await this.relayBatch(consumer, handlers)) > 0) continue;
      } catch (error) {
        const failures = await this.recordFailure(consumer, error as Error);
        pauseMs = Math.min(backOffMaxMs, 200 * 2 ** failures);
      }
      if (this.running) await this.pause(pauseMs);
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wakers.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wakers.add(done);
    });
  }

  /** @returns the number of events that the cursor moved past. */
  private async relayBatch(consumer: string, handlers: EventHandlers): Promise<number> {
    if (!(await this.hasNews(consumer))) return 0;
    return inTransaction(this.database, async (tx) => {
      const cursor = await this.lockCursor(tx, consumer);
      if (cursor === undefined) return 0;
      const events: OutboxRow[] = await tx.query(
        'select * from platform.read_outbox($1, $2::xid8, $3, $4)',
        [cursor.era, cursor.xid, cursor.id, batchMax],
      );
      const handled = events.findIndex((event) => handlers[event.type] !== undefined);
      // One event with a handler in each transaction: a failure undoes that one alone.
      const last = handled === -1 ? events.at(-1) : events[handled];
      if (last === undefined) return 0;
      if (handled !== -1) await this.handle(tx, consumer, cursor, handlers, last);
      await tx.query(
        `update platform.outbox_cursor
         set era = $2, xid = $3::xid8, id = $4, moved_at = clock_timestamp(), failures = 0, last_error = null
         where consumer = $1`,
        [consumer, last.era, last.xid, last.id],
      );
      return handled === -1 ? events.length : handled + 1;
    });
  }

  /** Asked without a lock, since even a lock on one row is a write, several times a second in an idle service. */
  private async hasNews(consumer: string): Promise<boolean> {
    const [row] = await this.database.query<{ known: boolean; news: boolean }[]>(
      `select count(c) > 0 as known, count(n) > 0 as news
       from platform.outbox_cursor c left join lateral platform.read_outbox(c.era, c.xid, c.id, 1) n on true
       where c.consumer = $1`,
      [consumer],
    );
    return row?.known === false || row?.news === true;
  }

  private async handle(
    tx: Tx,
    consumer: string,
    cursor: Cursor,
    handlers: EventHandlers,
    row: OutboxRow,
  ): Promise<void> {
    if (cursor.failures >= failuresMax) {
      await tx.query(
        `insert into platform.outbox_failure (consumer, event_id, type, payload, error)
         select $1, $2, $3, $4, coalesce(last_error, 'unknown') from platform.outbox_cursor where consumer = $1
         on conflict do nothing`,
        [consumer, row.id, row.type, JSON.stringify(row.payload)],
      );
      this.logger.error(`${consumer} set aside event ${row.id} (${row.type})`);
      return;
    }
    const { id, type, happened_at: happenedAt, payload } = row;
    await handlers[type]?.({ id: BigInt(id), type, happenedAt, payload }, tx);
  }

  /** Another process that holds the row relays for this consumer right now. */
  private async lockCursor(tx: Tx, consumer: string): Promise<Cursor | undefined> {
    const select = `select era, xid::text, id, failures from platform.outbox_cursor
      where consumer = $1 for update skip locked`;
    const [cursor] = (await tx.query(select, [consumer])) as Cursor[];
    if (cursor !== undefined) return cursor;
    const created: [unknown[], number] | unknown[] = await tx.query(
      `insert into platform.outbox_cursor (consumer, era, xid, id) values ($1, 0, '0', 0)
       on conflict do nothing returning consumer`,
      [consumer],
    );
    if (created.length === 0) return undefined;
    return ((await tx.query(select, [consumer])) as Cursor[])[0];
  }

  private async recordFailure(consumer: string, error: Error): Promise<number> {
    this.logger.warn(`${consumer}: ${error.message}`);
    try {
      // A new consumer's cursor went away with the transaction that failed.
      const rows: { failures: number }[] = await this.database.query(
        `insert into platform.outbox_cursor (consumer, era, xid, id, failures, last_error)
         values ($1, 0, '0', 0, 1, $2)
         on conflict (consumer) do update
         set failures = outbox_cursor.failures + 1, last_error = excluded.last_error
         returning failures`,
        [consumer, error.message.slice(0, 500)],
      );
      return rows[0]?.failures ?? 1;
    } catch {
      return failuresMax; // the database itself is away
    }
  }
}
