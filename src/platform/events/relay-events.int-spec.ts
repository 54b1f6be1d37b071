/** Every event reaches every consumer, in order and at least once, whoever commits late, fails or relays beside us. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { startService, type TestService } from '../../../test/support/service.js';
import { inTransaction } from '../database/transaction.js';
import { FollowEvents } from './follow-events.js';
import { appendEvent } from './outbox.js';
import { RelayEvents, type EventHandler } from './relay-events.js';

let service: TestService;
let database: DataSource;
let consumers = 0;
const relays: RelayEvents[] = [];

beforeAll(async () => {
  service = await startService();
  database = service.database;
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.onApplicationShutdown()));
});
afterAll(() => service.close());

/** A relay of its own, as another process would have one, with a consumer that hears `test.*`. */
function relayWith(consumer: string, handler: EventHandler, type = 'test.happened'): RelayEvents {
  const relay = new RelayEvents(database);
  relays.push(relay);
  relay.consume(consumer, { [type]: handler });
  return relay;
}

function newConsumer(): string {
  consumers += 1;
  return `consumer-${consumers}`;
}

const say = (n: number | string, type = 'test.happened'): Promise<void> =>
  inTransaction(database, (tx) => appendEvent(tx, type, { n }));

/** Asks again until it is so. */
async function until(isSo: () => boolean | Promise<boolean>, nudge?: () => void): Promise<void> {
  while (!(await isSo())) {
    nudge?.();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Relays until so many were heard: other tests' transactions on this server hold the horizon back for a moment. */
async function relayUntil(
  relay: RelayEvents,
  heard: readonly unknown[],
  count: number,
): Promise<void> {
  do await relay.relayAll();
  while (heard.length < count);
}

describe('a consumer', () => {
  it('hears every event of its types in order, once, however many transactions wrote them', async () => {
    const type = 'test.in-order';
    const heard: unknown[] = [];
    const relay = relayWith(
      newConsumer(),
      ({ payload }) => {
        heard.push(payload['n']);
        return Promise.resolve();
      },
      type,
    );
    for (let n = 0; n < 5; n += 1) {
      await say(n, type);
      await say('other', 'test.ignored');
    }
    await relayUntil(relay, heard, 5);
    await relay.relayAll();
    expect(heard).toEqual([0, 1, 2, 3, 4]);
  });

  it('has several events in one transaction, and one that goes alone in one to itself', async () => {
    const [type, lone] = ['test.together', 'test.alone'];
    const heard: unknown[] = [];
    const transactions: string[] = [];
    const hear: EventHandler = async ({ payload }, tx) => {
      const [row]: { xid: string }[] = await tx.query('select pg_current_xact_id()::text as xid');
      transactions.push(row?.xid ?? '');
      heard.push(payload['n']);
    };
    const relay = new RelayEvents(database);
    relays.push(relay);
    relay.consume(newConsumer(), { [type]: hear, [lone]: hear }, { alone: [lone] });
    await inTransaction(database, async (tx) => {
      for (const [n, each] of [type, type, lone, lone, type, type].entries())
        await appendEvent(tx, each, { n });
    });
    await relayUntil(relay, heard, 6);
    expect(heard).toEqual([0, 1, 2, 3, 4, 5]);
    const places = transactions.map((xid) => [...new Set(transactions)].indexOf(xid));
    expect(places).toEqual([0, 0, 1, 2, 3, 3]);
  });

  it('does not miss what a slow transaction wrote before a newer one, and hears neither too early', async () => {
    const type = 'test.slow';
    const heard: unknown[] = [];
    const relay = relayWith(
      newConsumer(),
      ({ payload }) => {
        heard.push(payload['n']);
        return Promise.resolve();
      },
      type,
    );
    const slow = database.createQueryRunner();
    await slow.startTransaction();
    await appendEvent(slow.manager, type, { n: 'slow' });
    await say('quick', type);
    await relay.relayAll();
    expect(heard).toEqual([]);
    await slow.commitTransaction();
    await slow.release();
    await relayUntil(relay, heard, 2);
    expect(heard).toEqual(['slow', 'quick']);
  });

  it('hears nothing of what was rolled back', async () => {
    const type = 'test.rolled-back';
    const heard: unknown[] = [];
    const relay = relayWith(
      newConsumer(),
      ({ payload }) => {
        heard.push(payload['n']);
        return Promise.resolve();
      },
      type,
    );
    const failed = inTransaction(database, async (tx) => {
      await appendEvent(tx, type, { n: 'never' });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await say('yes', type);
    await relayUntil(relay, heard, 1);
    expect(heard).toEqual(['yes']);
  });

  it('writes with its cursor: what a failing handler wrote is gone, and is written once when it succeeds', async () => {
    const type = 'test.fails-twice';
    const consumer = newConsumer();
    let tries = 0;
    await say(1, type);
    const relay = relayWith(
      consumer,
      async (_, tx) => {
        await appendEvent(tx, 'test.made', { by: consumer });
        tries += 1;
        if (tries < 3) throw new Error('not yet');
      },
      type,
    );
    relay.start();
    await until(
      () => tries >= 3,
      () => relay.wake(),
    );
    const made = async (): Promise<number> => {
      const { rows } = await service.owner.query(
        `select from platform.outbox where type = 'test.made' and payload->>'by' = $1`,
        [consumer],
      );
      return rows.length;
    };
    await until(async () => (await made()) > 0);
    expect([tries, await made()]).toEqual([3, 1]);
  });

  it('sets a poisonous event aside after five tries, be it its first, and goes on', async () => {
    const type = 'test.poison';
    const consumer = newConsumer();
    const heard: unknown[] = [];
    let tries = 0;
    await say('poison', type);
    await say('food', type);
    const relay = relayWith(
      consumer,
      ({ payload }) => {
        if (payload['n'] === 'poison') {
          tries += 1;
          throw new Error('I cannot stomach it');
        }
        heard.push(payload['n']);
        return Promise.resolve();
      },
      type,
    );
    relay.start();
    await until(
      () => heard.length > 0,
      () => relay.wake(),
    );
    expect([tries, heard]).toEqual([5, ['food']]);
    const { rows } = await service.owner.query(
      'select type, payload, error from platform.outbox_failure where consumer = $1',
      [consumer],
    );
    expect(rows).toEqual([{ type, payload: { n: 'poison' }, error: 'I cannot stomach it' }]);
  });

  it('is served by one of two relays at a time: no event is handled twice', async () => {
    const type = 'test.shared';
    const consumer = newConsumer();
    const heard: unknown[] = [];
    const handler: EventHandler = async ({ payload }, tx) => {
      await tx.query('select 1');
      heard.push(payload['n']);
    };
    const [one, two] = [relayWith(consumer, handler, type), relayWith(consumer, handler, type)];
    for (let n = 0; n < 30; n += 1) await say(n, type);
    one.start();
    two.start();
    await until(
      () => heard.length >= 30,
      () => {
        one.wake();
        two.wake();
      },
    );
    await Promise.all([one.relayAll(), two.relayAll()]);
    expect(heard).toEqual(Array.from({ length: 30 }, (_, n) => n));
  });
});

describe('a follower', () => {
  it('is shown what happens from now on, also what a slow transaction wrote', async () => {
    // A transaction that was under way before holds the horizon back, behind what was committed since.
    const older = database.createQueryRunner();
    await older.startTransaction();
    await appendEvent(older.manager, 'test.followed', { n: 'older' });
    await say('before', 'test.followed');
    const follow = new FollowEvents(database);
    const heard: unknown[] = [];
    follow.follow(({ type, payload }) => {
      if (type === 'test.followed') heard.push(payload['n']);
    });
    await follow.start();
    await older.commitTransaction();
    await older.release();
    const slow = database.createQueryRunner();
    await slow.startTransaction();
    await until(async () => {
      await say('now', 'test.followed');
      follow.wake();
      return heard.length > 0;
    });
    const soFar = heard.length;
    await appendEvent(slow.manager, 'test.followed', { n: 'slow' });
    await say('quick', 'test.followed');
    await slow.commitTransaction();
    await slow.release();
    await until(
      () => ['older', 'slow', 'quick'].every((n) => heard.includes(n)),
      () => follow.wake(),
    );
    expect(heard.slice(soFar).filter((n) => n === 'slow')).toHaveLength(1);
    expect(heard).not.toContain('before');
    await follow.onApplicationShutdown();
  });
});
