/** A true terminal loses its network, sells by itself, is killed, comes back, and tells the service all of it once. */
import { httpTransport, TerminalClient, type Transport } from '@campus-paycode/terminal-client';
import type { OfflineResult, SaleResult, TerminalEvent } from '@campus-paycode/terminal-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { entered, fixed } from '../support/given.js';
import { OfflineCampus } from '../support/offline-campus.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let campus: OfflineCampus;
let folder = '';
let clients: TerminalClient[] = [];

beforeAll(async () => {
  service = await startService();
  campus = await OfflineCampus.on(service);
  folder = mkdtempSync(path.join(os.tmpdir(), 'offline-terminal-'));
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  clients = [];
});
afterAll(async () => {
  await service?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A registered terminal, with what it is enrolled by. */
async function registered(kind: 'canteen' | 'gym' = 'canteen') {
  const { given } = campus;
  const terminal = await given.newTerminal(kind, kind === 'gym' ? fixed : entered);
  const enrolmentCode = await given.enrolmentCode(terminal);
  return { terminal, enrolmentCode, serviceName: service.config.SERVICE_NAME };
}

type Wired = { isCut: boolean; readonly transport: Transport };

function wire(): Wired {
  const through = httpTransport(service.url);
  const line: Wired = {
    isCut: false,
    transport: (request, signal) =>
      line.isCut ? Promise.reject(new Error('no network')) : through(request, signal),
  };
  return line;
}

async function openTerminal(kind: 'canteen' | 'gym' = 'canteen') {
  const { terminal, ...words } = await registered(kind);
  const line = wire();
  const events: TerminalEvent[] = [];
  const client = await TerminalClient.enrol({
    ...words,
    baseUrl: service.url,
    stateDir: mkdtempSync(path.join(folder, 'one-')),
    transport: line.transport,
    onEvent: (event) => {
      events.push(event);
    },
    model: 'test',
    softwareVersion: '1',
  });
  clients.push(client);
  await client.fetchSettings();
  const cut = async (): Promise<void> => {
    line.isCut = true;
    await client.heartbeat('1').catch(() => undefined);
  };
  const mend = async (): Promise<void> => {
    line.isCut = false;
    await client.heartbeat('1');
    await client.drain();
  };
  return { terminal, line, client, events, cut, mend };
}

const acceptedIn = (result: SaleResult | OfflineResult) => {
  if (result.outcome !== 'accepted_offline') throw new Error(JSON.stringify(result));
  return result;
};

const decisionsIn = (events: readonly TerminalEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'settled_offline' ? [event.decision.decision] : []));

describe('a terminal that loses its network', () => {
  it('sells by itself, tells it afterwards, and its shift agrees', async () => {
    const { client, events, cut, mend } = await openTerminal();
    const [one, two] = [await campus.student(10_000n), await campus.student(10_000n)];
    const online = await client.sell({ code: one.phone.next(), amount: 700 });
    expect(online.outcome).toBe('approved');
    await cut();
    const first = acceptedIn(await client.sell({ code: one.phone.signedQr(), amount: 1_250 }));
    const second = acceptedIn(await client.sell({ code: two.phone.signedQr(), amount: 300 }));
    expect(client.queued()).toBe(2);
    await mend();
    expect(client.queued()).toBe(0);
    expect(decisionsIn(events)).toEqual(['captured', 'captured']);
    expect(await campus.balances(one)).toMatchObject({ cash: 8_050n });
    expect(await campus.balances(two)).toMatchObject({ cash: 9_700n });
    for (const { orderNumber, shortNumber, amount } of [first, second]) {
      expect(await client.query(orderNumber)).toMatchObject({
        shortNumber,
        verdict: 'approved',
        captured: amount,
      });
    }
    expect(await client.closeShift()).toMatchObject({ agrees: true });
  });

  it('in the middle of a sale leaves its reversal standing, and takes the next code under another number', async () => {
    const { client, line, events, mend } = await openTerminal();
    const student = await campus.student(10_000n);
    line.isCut = true;
    const lost = await client.sell({ code: student.phone.signedQr(), amount: 500 });
    expect(lost.outcome).toBe('reversing');
    const taken = acceptedIn(await client.sell({ code: student.phone.signedQr(), amount: 500 }));
    await mend();
    expect(decisionsIn(events)).toEqual(['captured']);
    expect(await campus.balances(student)).toMatchObject({ cash: 9_500n });
    expect('orderNumber' in lost && lost.orderNumber).not.toBe(taken.orderNumber);
    expect(await client.closeShift()).toMatchObject({ agrees: true });
  }, 60_000);

  it('at a place with a fixed price sells at that price', async () => {
    const { client, cut, mend } = await openTerminal('gym');
    const student = await campus.student(10_000n);
    await cut();
    const code = student.phone.signedQr();
    expect(await client.sell({ code, amount: 500 })).toMatchObject({
      refusal: 'amount_out_of_range',
    });
    expect(acceptedIn(await client.sell({ code })).amount).toBe(300);
    await mend();
    expect(await campus.balances(student)).toMatchObject({ cash: 9_700n });
  });

  it('refuses a phone that was reported lost while it still heard of it', async () => {
    const { client, cut, mend } = await openTerminal();
    const student = await campus.student(10_000n);
    await service.owner.query(
      `select payment_codes.hotlist_credentials(array[$1::bigint], 'phone_lost')`,
      [student.phone.credential.toString()],
    );
    await service.passTime(3_700);
    await client.heartbeat('1');
    await client.fetchSettings();
    await cut();
    const result = await client.sell({ code: student.phone.signedQr(), amount: 500 });
    expect(result).toMatchObject({ refusal: 'certificate_revoked' });
    await mend();
  });
});

describe('a terminal that is killed while it sells without a network', () => {
  it('has told every sale that it showed, once, after it came back', async () => {
    const { terminal: _, ...words } = await registered();
    const students = await Promise.all(Array.from({ length: 5 }, () => campus.student(10_000n)));
    const codes = [0, 1].flatMap(() => students.map(({ phone }) => phone.signedQr()));
    const stateDir = mkdtempSync(path.join(folder, 'killed-'));
    const orders = { ...words, url: service.url, stateDir, codes, amount: 100 };
    const victim = spawn(
      process.execPath,
      [path.join('test', 'support', 'offline-victim.mjs'), JSON.stringify(orders)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let trouble = '';
    victim.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text));
    const shown: { code: string; orderNumber: string }[] = [];
    for await (const line of createInterface({ input: victim.stdout })) {
      const { code, result } = JSON.parse(line) as { code: string; result: OfflineResult };
      if (result.outcome !== 'accepted_offline') throw new Error(line);
      shown.push({ code, orderNumber: result.orderNumber });
      // It is about to write the next one.
      if (shown.length === 6) victim.kill('SIGKILL');
    }
    if (victim.exitCode === null && victim.signalCode === null) await once(victim, 'exit');
    expect({ signal: victim.signalCode, trouble }).toEqual({ signal: 'SIGKILL', trouble: '' });

    const events: TerminalEvent[] = [];
    const client = await TerminalClient.open({
      baseUrl: service.url,
      stateDir,
      onEvent: (event) => {
        events.push(event);
      },
    });
    clients.push(client);
    await client.drain();
    expect(client.queued()).toBe(0);
    const told = events.flatMap((event) =>
      event.type === 'settled_offline' ? [event.decision] : [],
    );
    // One more than was shown may have reached the disk, never one less, and none twice.
    expect(told.map(({ orderNumber }) => orderNumber)).toEqual(
      expect.arrayContaining(shown.map(({ orderNumber }) => orderNumber)),
    );
    expect(told.length).toBeLessThanOrEqual(codes.length);
    expect(new Set(told.map(({ decision }) => decision))).toEqual(new Set(['captured']));
    const paid = await Promise.all(students.map((student) => campus.balances(student)));
    const spent = paid.reduce((sum, { cash }) => sum + 10_000n - cash, 0n);
    expect(spent).toBe(BigInt(told.length * 100));
    expect(await client.closeShift()).toMatchObject({ agrees: true });
    expect(await campus.broken()).toEqual([]);
  }, 60_000);
});
