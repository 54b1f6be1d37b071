import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemoryJournalStore } from './journal-store.js';
import { TerminalClient } from './terminal-client.js';
import { CrashingStore } from './testing/crashing-store.js';
import { offlineTerminal, offlineWorld, type OfflineWorld } from './testing/offline-terminal.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offline-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The same terminal started anew from a copy of what its disk holds. */
async function reborn(world: OfflineWorld, stateDir: string, bytes: Uint8Array) {
  const again = await mkdtemp(join(folder, 'again-'));
  for (const file of ['terminal.json', 'hotlist.json']) {
    await cp(join(stateDir, file), join(again, file));
  }
  const journal = new MemoryJournalStore(bytes);
  const client = await TerminalClient.open({ ...world.optionsFor(journal), stateDir: again });
  return { client, journal };
}

async function cutOff({ service, time }: OfflineWorld, client: TerminalClient): Promise<void> {
  service.isCut = true;
  await time.until(client.heartbeat('1').catch(() => {}));
}

async function reconnect({ service, time }: OfflineWorld, client: TerminalClient): Promise<void> {
  service.isCut = false;
  await client.heartbeat('1');
  await time.until(client.drain());
}

const codesOf = ({ campus, time }: OfflineWorld, count: number) =>
  Array.from({ length: count }, () => campus.phone().show(Math.floor(time.now() / 1000)));

async function liveAndDie(writes: number, torn: number): Promise<boolean> {
  const world = offlineWorld();
  const { campus, time } = world;
  const stateDir = await mkdtemp(join(folder, 'one-'));
  const disk = new CrashingStore(writes, torn);
  const first = await offlineTerminal(world, disk, stateDir);
  await cutOff(world, first);
  const codes = codesOf(world, 3);
  const shown = new Map<string, string>();
  const day = (async () => {
    for (const code of codes) {
      const result = await first.sell({ code, amount: 500 });
      if (result.outcome === 'accepted_offline') shown.set(code, result.orderNumber);
    }
  })();
  day.catch(() => {});
  await time.advance(10);
  const isWhole = shown.size === codes.length;
  const { bytes } = disk;
  void first.close();
  const { client } = await reborn(world, stateDir, bytes);
  await cutOff(world, client);
  for (const code of codes) {
    const result = await client.sell({ code, amount: 500 });
    if (result.outcome !== 'accepted_offline') throw new Error(JSON.stringify(result));
    const before = shown.get(code);
    // What was shown is known, under the number that was shown.
    if (before !== undefined) expect(result).toMatchObject({ orderNumber: before, again: true });
    shown.set(code, result.orderNumber);
  }
  await reconnect(world, client);
  expect(campus.kept.map(({ record }) => record.signedQr)).toEqual(codes);
  expect(campus.kept.map(({ record }) => record.orderNumber)).toEqual([...shown.values()]);
  expect(campus.kept.map(({ answer }) => answer.decision)).toEqual(codes.map(() => 'captured'));
  expect(client.totals().sales).toEqual({ count: 3, amount: 1500 });
  await client.close();
  return isWhole;
}

describe('a terminal without a network, killed at any write', () => {
  it('has every sale that it showed, and none twice, wherever the last line was torn', async () => {
    for (const torn of [0, 1, 200, 900]) {
      let writes = 2;
      while (!(await liveAndDie(writes, torn))) writes += 1;
      // One write for each sale, behind those of the start.
      expect(writes).toBeGreaterThanOrEqual(4);
    }
  });

  it('accepts nothing that it cannot keep, and is whole again once there is room', async () => {
    const world = offlineWorld();
    const disk = new MemoryJournalStore();
    const client = await offlineTerminal(world, disk);
    await cutOff(world, client);
    const [kept = '', lost = '', later = ''] = codesOf(world, 3);
    await client.sell({ code: kept, amount: 100 });
    const append = disk.append.bind(disk);
    const replace = disk.replace.bind(disk);
    disk.append = async (bytes) => {
      await append(bytes.subarray(0, 50));
      throw new Error('no space');
    };
    disk.replace = () => Promise.reject(new Error('no space'));
    await expect(client.sell({ code: lost, amount: 200 })).rejects.toThrow('no space');
    expect(client.queued()).toBe(1);
    Object.assign(disk, { append, replace });
    expect(await client.sell({ code: lost, amount: 200 })).toMatchObject({ refusal: 'code_used' });
    await client.sell({ code: later, amount: 300 });
    await reconnect(world, client);
    const { kept: told } = world.campus;
    expect(told.map(({ record, answer }) => [record.amount, answer.decision])).toEqual([
      [100, 'captured'],
      [300, 'captured'],
    ]);
  });
});

describe('a terminal whose disk is an older copy', () => {
  it('is found out by its chain, keeps what it has, and sells no more without a network', async () => {
    const world = offlineWorld();
    const { campus, events, time } = world;
    const stateDir = await mkdtemp(join(folder, 'old-'));
    const disk = new MemoryJournalStore();
    const first = await offlineTerminal(world, disk, stateDir);
    await cutOff(world, first);
    const [one = '', two = '', three = ''] = codesOf(world, 3);
    const image = disk.bytes;
    await first.sell({ code: one, amount: 100 });
    await first.sell({ code: two, amount: 200 });
    await reconnect(world, first);
    await first.close();

    const { client } = await reborn(world, stateDir, image);
    await cutOff(world, client);
    await client.sell({ code: three, amount: 300 });
    await reconnect(world, client);
    expect(campus.kept.at(-1)?.answer).toMatchObject({ sequence: 1, decision: 'quarantined' });
    const refusal = 'offline_stopped';
    expect(client.offline()).toMatchObject({ stopped: 'record_rewritten', refusal });
    expect(client.offline().surprises).toMatchObject([{ decision: 'quarantined' }]);
    expect(events).toContainEqual({ type: 'stopped_offline', why: 'record_rewritten' });
    // The settings say when people have looked.
    world.terms.now = null;
    await client.fetchSettings();
    expect(client.offline().refusal).toBe('offline_not_allowed');
    world.terms.now = {};
    await client.fetchSettings();
    expect(client.offline().refusal).toBeUndefined();
    await time.until(client.close());
  });
});

describe('a record that the service does not take', () => {
  it('stays, is still told, and stops the selling until the settings allow it again', async () => {
    const world = offlineWorld();
    const { service, campus, time } = world;
    const client = await offlineTerminal(world);
    await cutOff(world, client);
    const [code = ''] = codesOf(world, 1);
    await client.sell({ code, amount: 100 });
    service.isCut = false;
    service.faults = [{ problem: 'malformed_request' }, { problem: 'malformed_request' }];
    const told = client.drain();
    // The sending that met the cut line is given up after 5 s, and the next one comes 1 s later.
    await time.advance(7_000);
    expect(client.offline()).toMatchObject({ stopped: 'malformed_request' });
    await time.until(told);
    expect(campus.kept).toHaveLength(1);
    await client.fetchSettings();
    expect(client.offline().refusal).toBeUndefined();
  });

  it('is not forgotten when the answer says nothing about it', async () => {
    const world = offlineWorld();
    const { service, campus, time } = world;
    const client = await offlineTerminal(world);
    await cutOff(world, client);
    const [code = ''] = codesOf(world, 1);
    await client.sell({ code, amount: 100 });
    const usual = service.other;
    // Later the service cannot read it, and so cannot name it.
    const unread = (body: string) => {
      const { decisions, acknowledged } = campus.take(body);
      const nameless = { orderNumber: null, decision: 'quarantined', reason: 'record_forged' };
      return { acknowledged, decisions: decisions.map((each) => ({ ...each, ...nameless })) };
    };
    service.other = (route, body) =>
      route === 'POST /v1/offline-sales'
        ? { status: 200, body: { acknowledged: 1, decisions: [] } }
        : usual(route, body);
    service.isCut = false;
    await client.heartbeat('1');
    await time.advance(60_000);
    expect(client.queued()).toBe(1);
    service.other = (route, body) =>
      route === 'POST /v1/offline-sales' ? { status: 200, body: unread(body) } : usual(route, body);
    await time.until(client.drain());
    expect(campus.kept).toHaveLength(1);
    expect(client.offline()).toMatchObject({ stopped: 'record_forged', waiting: [] });
  });
});
