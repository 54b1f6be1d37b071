import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  problemMeanings,
  type ProblemCode,
  type ProgressAnswer,
  type ProgressRequest,
  type SessionRequest,
} from '@campus-paycode/terminal-protocol';
import { MemoryJournalStore, type JournalStore } from './journal-store.js';
import { TerminalClient } from './terminal-client.js';
import { CrashingStore } from './testing/crashing-store.js';
import { FakeService } from './testing/fake-service.js';
import { VirtualTime } from './testing/virtual-time.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessions-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const unitPrice = 5;
const held = 500;
const expiresAt = '2026-11-22T05:00:00.000Z';

type Kept = { reading: number; captured: number; isOver: boolean; heard: ProgressRequest[] };

/** A service that keeps sessions as the protocol says, in the fake one. */
class Devices {
  readonly service: FakeService;
  readonly sessions = new Map<string, Kept>();
  stop = false;
  refuse: ProblemCode | null = null;

  constructor(time: VirtualTime) {
    this.service = new FakeService(time, {
      type: 'metered',
      hold: held,
      unit: 'liter',
      unitPrice,
      holdSeconds: 900,
    });
    this.service.routes.set('POST /v1/sessions', (body) => this.begin(body));
    this.service.other = (route, body) => {
      const [, order] = /^POST \/v1\/sessions\/([^/]+)\/progress$/.exec(route) ?? [];
      return order === undefined ? null : this.note(order, body);
    };
  }

  private begin(bytes: string) {
    const { orderNumber, sequence } = JSON.parse(bytes) as SessionRequest;
    if (this.service.barred.has(orderNumber)) return problem('order_number_reversed');
    const stored = this.service.sales.get(orderNumber);
    const answer = stored?.answer ?? {
      paymentId: '1',
      orderNumber,
      shortNumber: `B3-${String(sequence).padStart(4, '0')}`,
      verdict: 'approved' as const,
      reason: null,
      message: { zh: '请开始使用', en: 'You may start' },
      amount: held,
      captured: 0,
      state: 'held' as const,
      cardholder: null,
      expiresAt,
      decidedAt: '2026-11-22T04:00:00.000Z',
      businessDate: '2026-11-22',
    };
    this.service.sales.set(orderNumber, { bytes, answer });
    if (stored === undefined)
      this.sessions.set(orderNumber, { reading: 0, captured: 0, isOver: false, heard: [] });
    return { status: 200, body: answer };
  }

  private note(orderNumber: string, bytes: string) {
    if (this.refuse !== null) return problem(this.refuse);
    const said = JSON.parse(bytes) as ProgressRequest;
    const session = this.sessions.get(orderNumber);
    if (session === undefined) return problem('session_unknown');
    const known = session.heard.some((other) => other.progressNumber === said.progressNumber);
    const late = session.isOver || this.service.barred.has(orderNumber);
    if (!known && !late) {
      const last = session.heard.at(-1);
      if (said.sequence <= (last?.sequence ?? 0)) return problem('progress_out_of_order');
      session.heard.push(said);
      session.reading = said.reading;
      session.isOver = said.final;
      if (said.final)
        session.captured = Math.min(held, Math.floor((said.reading * unitPrice) / 1000));
    }
    const body: ProgressAnswer = {
      progressNumber: said.progressNumber,
      orderNumber,
      outcome: late && !known ? 'late' : 'noted',
      captured: session.captured,
      state: session.isOver || this.service.barred.has(orderNumber) ? 'ended' : 'running',
      unit: 'liter',
      unitPrice,
      programme: null,
      held,
      reading: session.reading,
      amount: session.captured,
      stop: this.stop,
      expiresAt,
      endReason: null,
    };
    return { status: 200, body };
  }
}

function problem(code: ProblemCode) {
  const { status, retryable, effect } = problemMeanings[code];
  const message = { zh: code, en: code };
  const body = { code, title: code, detail: code, message, requestId: 'r', type: code };
  return { status, body: { ...body, status, retryable, effect } };
}

const words = {
  serviceName: 'pay.test-campus.example',
  enrolmentCode: 'A',
  model: 'm',
  softwareVersion: '1',
};

async function device(time: VirtualTime, devices: Devices) {
  const options = {
    baseUrl: 'http://127.0.0.1:1',
    stateDir: null,
    surroundings: time,
    transport: devices.service.transport,
  };
  return TerminalClient.enrol({ ...options, ...words });
}

describe('a device', () => {
  it('starts for a code, says what is used, stops when it is told, and ends', async () => {
    const time = new VirtualTime();
    const devices = new Devices(time);
    const client = await device(time, devices);
    const { outcome, orderNumber } = await client.sessions.start({ code: '1' });
    expect(outcome).toBe('approved');
    expect(client.sessions.running()).toMatchObject([{ orderNumber, held, expiresAt }]);
    const first = await client.sessions.report({ orderNumber, reading: 10_000 });
    expect(first).toMatchObject({ outcome: 'noted', stop: false });
    devices.stop = true;
    expect(await client.sessions.report({ orderNumber, reading: 20_000 })).toMatchObject({
      stop: true,
    });
    await client.sessions.end({ orderNumber, reading: 27_400 });
    expect(client.sessions.running()).toEqual([]);
    expect(client.totals().sales).toEqual({ count: 1, amount: 137 });
    expect(devices.sessions.get(orderNumber)?.heard.map(({ sequence }) => sequence)).toEqual([
      1, 2, 3,
    ]);
    await client.close();
  });

  it('says the last word when the network is back, and nothing that it has overtaken', async () => {
    const time = new VirtualTime();
    const devices = new Devices(time);
    const client = await device(time, devices);
    const { orderNumber } = await client.sessions.start({ code: '1' });
    devices.service.isCut = true;
    const silent = client.sessions.report({ orderNumber, reading: 10_000 });
    await time.advance(6_000);
    expect(await silent).toBeNull();
    const last = client.sessions.end({ orderNumber, reading: 27_400 });
    await time.advance(6_000);
    expect(await last).toBeNull();
    expect(client.queued()).toBe(1);
    devices.service.isCut = false;
    await time.until(client.drain());
    expect(devices.sessions.get(orderNumber)?.heard).toMatchObject([
      { sequence: 2, reading: 27_400, final: true },
    ]);
    expect([client.queued(), client.totals().sales.amount]).toEqual([0, 137]);
    await client.close();
  });

  it('never counts backwards, and tells a person what the service refuses', async () => {
    const time = new VirtualTime();
    const devices = new Devices(time);
    const client = await device(time, devices);
    const { orderNumber } = await client.sessions.start({ code: '1' });
    await client.sessions.report({ orderNumber, reading: 10_000 });
    await expect(client.sessions.report({ orderNumber, reading: 9_999 })).rejects.toThrow(
      RangeError,
    );
    devices.refuse = 'session_unknown';
    await client.sessions.end({ orderNumber, reading: 10_000 });
    expect(client.exceptions()).toEqual([
      { orderNumber, what: 'progress', code: 'session_unknown' },
    ]);
    expect([client.sessions.running(), client.queued()]).toEqual([[], 0]);
    await client.close();
  });
});

describe('a device that loses its power at any write', () => {
  for (const downFor of [3_000, 60_000]) {
    it(`is paid for what its meter counted, ${downFor / 1000} s later`, async () => {
      // The first write opens the shift.
      for (let writes = 1; writes < 12; writes += 1)
        await liveAndDie({ downFor, writes, torn: 30 });
    });
  }
});

async function liveAndDie(plan: { downFor: number; writes: number; torn: number }): Promise<void> {
  const time = new VirtualTime();
  const devices = new Devices(time);
  const stateDir = await mkdtemp(join(folder, 'one-'));
  const first = new CrashingStore(plan.writes, plan.torn);
  const open = (journal: JournalStore, folderOfLife = stateDir) => ({
    baseUrl: 'http://127.0.0.1:1',
    stateDir: folderOfLife,
    surroundings: time,
    transport: devices.service.transport,
    journal,
  });
  const client = await TerminalClient.enrol({ ...open(first), ...words });
  let meter = 0;
  const shower = (async () => {
    const { orderNumber } = await client.sessions.start({ code: '1' });
    for (meter = 10_000; meter <= 20_000; meter += 5_000)
      await client.sessions.report({ orderNumber, reading: meter });
    await client.sessions.end({ orderNumber, reading: meter });
  })();
  shower.catch(() => {});
  await time.advance(4_000);
  const bytes = first.bytes;
  void client.close();
  await time.advance(plan.downFor);
  const reborn = `${stateDir}-reborn`;
  await cp(join(stateDir, 'terminal.json'), join(reborn, 'terminal.json'));

  const reopened = await TerminalClient.open(open(new MemoryJournalStore(bytes), reborn));
  await time.until(reopened.ready());
  for (const { orderNumber, ending } of reopened.sessions.running())
    if (!ending) await time.until(reopened.sessions.end({ orderNumber, reading: meter }));
  await time.until(reopened.drain());
  const kept = [...devices.sessions.entries()].filter(
    ([orderNumber]) => !devices.service.barred.has(orderNumber),
  );
  for (const [, session] of kept) expect({ ...plan, ...session }).toMatchObject({ isOver: true });
  const captured = kept.reduce((sum, [, session]) => sum + session.captured, 0);
  expect({ ...plan, counted: reopened.totals().sales.amount }).toEqual({
    ...plan,
    counted: captured,
  });
  expect([reopened.sessions.running(), reopened.queued()]).toEqual([[], 0]);
  await reopened.close();
}
