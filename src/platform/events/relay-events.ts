import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '../database/transaction.js';
import type { DomainEvent } from './outbox.js';

export type EventHandler = (event: DomainEvent, tx: Tx) => Promise<void>;
export type EventHandlers = Readonly<Record<string, EventHandler>>;

export type ConsumerOptions = {
  /**
   * Types whose event has a transaction to itself. For handlers that lock purses: those of several events would be locked
   * in the order of the events, and sales lock theirs by id.
   */
  readonly alone?: readonly string[];
};

type Consumer = { readonly handlers: EventHandlers; readonly alone: ReadonlySet<string> };

const batchMax = 200;
/** Enough to make the commit cheap for each, few enough that no row stays locked for long. */
const togetherMax = 20;
const idlePauseMs = 250;
const failuresMax = 5;
const backOffMaxMs = 30_000;

type Position = { readonly era: number; readonly xid: string; readonly id: string };
type Cursor = Position & { failures: number };
type OutboxRow = Position & {
  happened_at: Date;
  type: string;
  payload: Record<string, unknown>;
};

const isAt = (one: Position, other: Position): boolean =>
  one.era === other.era && one.xid === other.xid && one.id === other.id;

/**
 * The next events that have a handler, with those between that have none: `together` of them, or all that there are before
 * one that goes alone; or that one.
 */
function upToHandled(
  events: readonly OutboxRow[],
  { handlers, alone }: Consumer,
  together: number,
): readonly OutboxRow[] {
  let handled = 0;
  for (const [at, { type }] of events.entries()) {
    if (handlers[type] === undefined) continue;
    if (alone.has(type) && handled > 0) return events.slice(0, at);
    handled += 1;
    if (alone.has(type) || handled === together) return events.slice(0, at + 1);
  }
  return events;
}

/**
 * Hands each event to each consumer at least once, in order, behind the consumer's own cursor. The handler runs in the
 * transaction that moves the cursor: what it writes to this database happens once. What it does elsewhere may happen
 * again after a crash, so it must carry a number of its own. A poisonous event is set aside after five tries.
 */
@Injectable()
export class RelayEvents implements OnApplicationShutdown {
  private readonly logger = new Logger('events');
  private readonly consumers = new Map<string, Consumer>();
  private readonly wakers = new Set<() => void>();
  private readonly loops: Promise<void>[] = [];
  private running = false;

  constructor(private readonly database: DataSource) {}

  /** Registers a consumer. A new one starts at the beginning of what the outbox still holds. */
  consume(consumer: string, handlers: EventHandlers, { alone = [] }: ConsumerOptions = {}): void {
    if (this.consumers.has(consumer)) throw new Error(`${consumer} consumes already.`);
    this.consumers.set(consumer, { handlers, alone: new Set(alone) });
  }

  /** Starts relaying in this process; several processes take turns by a lock on the cursor's row. */
  start(): void {
    this.running = true;
    for (const [name, consumer] of this.consumers) this.loops.push(this.loop(name, consumer));
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
      for (const [name, consumer] of this.consumers)
        if ((await this.relayBatch(name, consumer)) > 0) moved = true;
    }
  }

  private async loop(name: string, consumer: Consumer): Promise<void> {
    while (this.running) {
      let pauseMs = idlePauseMs;
      try {
        if ((await this.relayBatch(name, consumer, () => this.running)) > 0) continue;
      } catch (error) {
        const failures = await this.recordFailure(name, error as Error);
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

  /**
   * Reads ahead, and handles some events in one transaction, since most of an event's cost would be reading and the commit.
   * When one of them fails, they are taken one by one, so that the failure undoes and counts against that one alone.
   * @returns the number of events that the cursor moved past.
   */
  private async relayBatch(
    name: string,
    consumer: Consumer,
    goesOn: () => boolean = () => true,
  ): Promise<number> {
    const { from, events } = await this.readAhead(name);
    let at: Position = from;
    let moved = 0;
    let together = from.failures > 0 ? 1 : togetherMax;
    while (moved < events.length && goesOn()) {
      const some = upToHandled(events.slice(moved), consumer, together);
      const done = { handled: 0 };
      try {
        if (!(await this.relaySome(name, consumer.handlers, at, some, done))) break;
      } catch (error) {
        // The first one failed: that was its own try, and it is the one to count.
        if (done.handled === 0) throw error;
        together = 1;
        continue;
      }
      at = some.at(-1) as OutboxRow;
      moved += some.length;
    }
    return moved;
  }

  /** @returns false when another process relays for this consumer, or has done so since. */
  private relaySome(
    consumer: string,
    handlers: EventHandlers,
    expected: Position,
    some: readonly OutboxRow[],
    done: { handled: number },
  ): Promise<boolean> {
    return inTransaction(this.database, async (tx) => {
      done.handled = 0;
      const cursor = await this.lockCursor(tx, consumer);
      if (cursor === undefined || !isAt(cursor, expected)) return false;
      for (const event of some) {
        if (handlers[event.type] === undefined) continue;
        await this.handle(tx, consumer, cursor, handlers, event);
        done.handled += 1;
      }
      await this.moveCursor(tx, consumer, some.at(-1) as OutboxRow);
      return true;
    });
  }

  /** Without a lock, since even a lock on one row is a write, several times a second in an idle service. */
  private async readAhead(consumer: string): Promise<{ from: Cursor; events: OutboxRow[] }> {
    const rows = await this.database.query<(OutboxRow & { from: Cursor })[]>(
      `select json_build_object('era', c.era, 'xid', c.xid::text, 'id', c.id::text,
           'failures', c.failures) as from,
         n.era, n.xid::text, n.id, n.happened_at, n.type, n.payload
       from platform.outbox_cursor c
       left join lateral platform.read_outbox(c.era, c.xid, c.id, $2) n on true
       where c.consumer = $1 order by n.era, n.xid, n.id`,
      [consumer, batchMax],
    );
    const [first] = rows;
    if (first !== undefined) return { from: first.from, events: first.id === null ? [] : rows };
    await inTransaction(this.database, (tx) => this.lockCursor(tx, consumer));
    return this.readAhead(consumer);
  }

  private async moveCursor(tx: Tx, consumer: string, { era, xid, id }: Position): Promise<void> {
    await tx.query(
      `update platform.outbox_cursor
       set era = $2, xid = $3::xid8, id = $4, moved_at = clock_timestamp(), failures = 0, last_error = null
       where consumer = $1`,
      [consumer, era, xid, id],
    );
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
