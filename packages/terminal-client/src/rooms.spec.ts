import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  problemMeanings,
  type MeterReadingsRequest,
  type ProblemCode,
  type RoomCreditRequest,
} from '@campus-paycode/terminal-protocol';
import { MemoryJournalStore, type JournalStore } from './journal-store.js';
import { TerminalClient } from './terminal-client.js';
import { CrashingStore } from './testing/crashing-store.js';
import { FakeService } from './testing/fake-service.js';
import { VirtualTime } from './testing/virtual-time.js';
import type { TerminalEvent } from './terminal-events.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rooms-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const meterNumber = 30_412;

function problem(code: ProblemCode) {
  const { status, retryable, effect } = problemMeanings[code];
  const message = { zh: code, en: code };
  const body = { code, title: code, detail: code, message, requestId: 'r', type: code };
  return { status, body: { ...body, status, retryable, effect } };
}

/** A service that keeps orders of credit and readings as the protocol says, in the fake one. */
class Dorm {
  readonly service: FakeService;
  readonly orders = new Map<string, number>();
  /** Of each meter, in the order in which they came. */
  readonly taken: { meterNumber: number; reading: number }[] = [];
  readonly batches: number[] = [];
  /** How often an order is looked at before its credit is there. */
  looks = 2;
  refuse: ProblemCode | null = null;

  constructor(time: VirtualTime) {
    this.service = new FakeService(time);
    this.service.routes.set('POST /v1/room-credits', (body) => this.order(body));
    this.service.routes.set('POST /v1/meter-readings', (body) => this.take(body));
    this.service.other = (route) => {
      const [, orderNumber = ''] = /^GET \/v1\/room-credits\/([^/]+)$/.exec(route) ?? [];
      return orderNumber === '' ? null : this.look(orderNumber);
    };
  }

  private order(bytes: string) {
    const { orderNumber, meterNumber: number } = JSON.parse(bytes) as RoomCreditRequest;
    if (number !== meterNumber) return problem('meter_unknown');
    this.orders.set(orderNumber, number);
    return this.present(orderNumber, 'ordered');
  }

  private look(orderNumber: string) {
    this.looks -= 1;
    return this.present(orderNumber, this.looks > 0 ? 'ordered' : 'delivered');
  }

  private present(orderNumber: string, state: string) {
    const amount =
      state === 'ordered' ? 0 : (this.service.sales.get(orderNumber)?.answer.amount ?? 0);
    return { status: 200, body: { orderNumber, meterNumber, state, amount, ticket: null } };
  }

  private take(bytes: string) {
    if (this.refuse !== null) return problem(this.refuse);
    const { readings } = JSON.parse(bytes) as MeterReadingsRequest;
    this.batches.push(readings.length);
    const answers = readings.map(({ meterNumber: number, reading }) => {
      const known = this.taken.some((it) => it.meterNumber === number && it.reading === reading);
      if (!known) this.taken.push({ meterNumber: number, reading });
      const outcome = known ? 'known' : 'taken';
      return { meterNumber: number, outcome, credit: 2_450, reading };
    });
    return { status: 200, body: { readings: answers } };
  }
}

const words = {
  serviceName: 'pay.test-campus.example',
  enrolmentCode: 'A',
  model: 'm',
  softwareVersion: '1',
};

const open = (
  time: VirtualTime,
  dorm: Dorm,
  more: { onEvent?: (event: TerminalEvent) => void } = {},
) =>
  TerminalClient.enrol({
    baseUrl: 'http://127.0.0.1:1',
    stateDir: null,
    surroundings: time,
    transport: dorm.service.transport,
    ...more,
    ...words,
  });

const shown = (reading: number, number = meterNumber) => ({
  meterNumber: number,
  reading,
  takenAt: new Date(Date.UTC(2026, 10, 22, 4) + reading).toISOString(),
});

describe('the desk of a dorm', () => {
  it('orders for a meter, sells under the number of the order, and waits for the credit', async () => {
    const time = new VirtualTime();
    const dorm = new Dorm(time);
    const client = await open(time, dorm);
    const { orderNumber, state } = await client.rooms.order({ meterNumber });
    expect(state).toBe('ordered');
    const sale = await client.rooms.sell({ orderNumber, code: '1', amount: 1_500 });
    expect(sale).toMatchObject({ outcome: 'approved', orderNumber });
    const delivered = client.rooms.delivered(orderNumber);
    await time.advance(1_000);
    expect(await delivered).toMatchObject({ state: 'delivered', amount: 1_500, meterNumber });
    expect(client.totals().sales).toEqual({ count: 1, amount: 1_500 });
    await client.close();
  });

  it('sells an order once, and the newest alone', async () => {
    const time = new VirtualTime();
    const dorm = new Dorm(time);
    const client = await open(time, dorm);
    const older = await client.rooms.order({ meterNumber });
    const { orderNumber } = await client.rooms.order({ meterNumber });
    const scan = { code: '1', amount: 1_500 };
    await expect(client.rooms.sell({ ...older, ...scan })).rejects.toThrow('newest');
    await client.rooms.sell({ orderNumber, ...scan });
    await expect(client.rooms.sell({ orderNumber, ...scan })).rejects.toThrow('newest');
    // No order was taken: nothing may be sold for it.
    await expect(client.rooms.order({ meterNumber: 1 })).rejects.toMatchObject({
      problem: { code: 'meter_unknown' },
    });
    expect([...dorm.service.sales.keys()]).toEqual([orderNumber]);
    await client.close();
  });

  it('says after a minute that the credit is on its way, whatever the network did', async () => {
    const time = new VirtualTime();
    const dorm = new Dorm(time);
    dorm.looks = Infinity;
    const client = await open(time, dorm);
    const { orderNumber } = await client.rooms.order({ meterNumber });
    const waiting = client.rooms.delivered(orderNumber);
    await time.advance(30_000);
    dorm.service.isCut = true;
    expect(await time.until(waiting)).toBeNull();
    await client.close();
  });
});

describe('whoever reads meters', () => {
  it('brings what they showed in batches, the oldest first, and hears what became of it', async () => {
    const time = new VirtualTime();
    const dorm = new Dorm(time);
    const heard: number[] = [];
    const onEvent = (event: TerminalEvent) => {
      if (event.type === 'readings_settled') heard.push(event.readings.length);
    };
    const client = await open(time, dorm, { onEvent });
    dorm.service.isCut = true;
    const all = Array.from({ length: 250 }, (_, at) => shown(1_000 + at));
    await client.readings.send(all.slice(0, 240));
    await time.advance(6_000);
    await client.readings.send(all.slice(240));
    expect([client.queued(), dorm.taken.length]).toEqual([250, 0]);
    dorm.service.isCut = false;
    await time.until(client.drain());
    expect(dorm.taken.map(({ reading }) => reading)).toEqual(all.map(({ reading }) => reading));
    expect([heard, client.queued()]).toEqual([[200, 50], 0]);
    await client.close();
  });

  it('stores nothing that no meter shows, and tells a person what the service refuses', async () => {
    const time = new VirtualTime();
    const dorm = new Dorm(time);
    const client = await open(time, dorm);
    for (const wrong of [
      shown(-1),
      shown(0.5),
      shown(1, 0),
      shown(1, 4_294_967_296),
      { ...shown(1), takenAt: 'noon' },
    ])
      await expect(client.readings.send([shown(1), wrong])).rejects.toThrow(RangeError);
    expect(client.queued()).toBe(0);
    dorm.refuse = 'malformed_request';
    await client.readings.send([shown(1_000)]);
    await time.until(client.drain());
    expect(client.exceptions()).toEqual([
      { orderNumber: '30412', what: 'readings', code: 'malformed_request' },
    ]);
    dorm.refuse = null;
    await client.readings.send([shown(2_000)]);
    await time.until(client.drain());
    expect(dorm.taken).toMatchObject([{ reading: 2_000 }]);
    await client.close();
  });

  it('loses no reading with its power, at whatever write', async () => {
    // The first write opens the shift.
    for (let writes = 1; writes < 8; writes += 1) {
      const time = new VirtualTime();
      const dorm = new Dorm(time);
      const stateDir = await mkdtemp(join(folder, 'one-'));
      const life = (journal: JournalStore, folderOfLife: string) => ({
        baseUrl: 'http://127.0.0.1:1',
        stateDir: folderOfLife,
        surroundings: time,
        transport: dorm.service.transport,
        journal,
      });
      const store = new CrashingStore(writes, 30);
      const client = await TerminalClient.enrol({ ...life(store, stateDir), ...words });
      const stored: number[] = [];
      const reader = (async () => {
        for (let reading = 1_000; reading < 4_000; reading += 1_000) {
          await client.readings.send([shown(reading)]);
          stored.push(reading);
        }
      })();
      reader.catch(() => {});
      await time.advance(4_000);
      const bytes = store.bytes;
      void client.close();
      const reborn = `${stateDir}-reborn`;
      await cp(join(stateDir, 'terminal.json'), join(reborn, 'terminal.json'));
      const again = await TerminalClient.open(life(new MemoryJournalStore(bytes), reborn));
      await time.until(again.drain());
      const kept = dorm.taken.map(({ reading }) => reading);
      expect({ writes, kept: kept.slice(0, stored.length) }).toEqual({ writes, kept: stored });
      expect(again.queued()).toBe(0);
      await again.close();
    }
  });
});
