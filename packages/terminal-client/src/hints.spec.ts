import { describe, expect, it } from '@jest/globals';
import type { HintSocket } from './hints.js';
import { MemoryJournalStore } from './journal-store.js';
import { TerminalClient } from './terminal-client.js';
import { FakeService } from './testing/fake-service.js';
import { VirtualTime } from './testing/virtual-time.js';

const CODE = '97185965475126865312';

class FakeSocket implements HintSocket {
  onmessage: HintSocket['onmessage'] = null;
  onclose: HintSocket['onclose'] = null;
  onerror: HintSocket['onerror'] = null;
  isClosed = false;

  constructor(readonly address: string) {}

  close(): void {
    this.isClosed = true;
    this.onclose?.();
  }

  say(event: unknown): void {
    this.onmessage?.({ data: typeof event === 'string' ? event : JSON.stringify(event) });
  }
}

async function listening() {
  const time = new VirtualTime();
  const service = new FakeService(time);
  let tickets = 0;
  service.routes.set('POST /v1/terminal-hint-tickets', () => {
    tickets += 1;
    return { status: 200, body: { ticket: `ticket-${tickets}`, expiresInSeconds: 30 } };
  });
  const client = await TerminalClient.enrol({
    baseUrl: 'https://pay.example',
    stateDir: null,
    surroundings: time,
    transport: service.transport,
    journal: new MemoryJournalStore(),
    serviceName: service.name,
    enrolmentCode: '7F3K-9QXA',
    model: 'test',
    softwareVersion: '1',
  });
  const sockets: FakeSocket[] = [];
  client.listen((address) => {
    const socket = new FakeSocket(address);
    sockets.push(socket);
    return socket;
  });
  await time.advance(0);
  const asked = (target: string): number =>
    service.log.filter((request) => request.target === target).length;
  return { time, service, client, sockets, asked };
}

describe('a terminal that listens', () => {
  it('opens a socket by a ticket that it signed for, and fetches what it may have missed', async () => {
    const { time, sockets, asked } = await listening();
    expect(sockets.map(({ address }) => address)).toEqual([
      'wss://pay.example/v1/realtime?ticket=ticket-1',
    ]);
    expect(asked('/v1/terminal-settings')).toBe(0);
    sockets[0]?.say({ event: 'ready', id: null });
    await time.advance(0);
    expect(asked('/v1/terminal-settings')).toBe(1);
    sockets[0]?.say({ event: 'settings.changed', id: null });
    await time.advance(0);
    expect(asked('/v1/terminal-settings')).toBe(2);
  });

  it('looks at a sale that waits when it is told, and not two seconds later', async () => {
    const { time, service, client, sockets } = await listening();
    const expiresAt = new Date(time.now() + 60_000).toISOString();
    service.verdict = () => ({ verdict: 'pending', state: 'held', captured: 0, expiresAt });
    const paying = client.pay({ code: CODE, amount: 1250 });
    await time.advance(0);
    const before = time.now();
    const sent = service.log.find(({ target }) => target === '/v1/payments');
    const { orderNumber } = JSON.parse(sent?.body ?? '{}') as { orderNumber: string };
    service.routes.set(`GET /v1/payments/${orderNumber}`, () => ({
      status: 200,
      body: { orderNumber, verdict: 'approved', state: 'captured', amount: 1250, captured: 1250 },
    }));
    sockets[0]?.say({ event: 'payment.approved', id: '123' });
    await time.advance(0);
    expect(await paying).toMatchObject({ outcome: 'approved' });
    expect(time.now()).toBe(before);
  });

  it('takes what is no hint for nothing', async () => {
    const { time, sockets, asked } = await listening();
    for (const nothing of ['', 'not json', '7', 'null', '{"event":1}', '{"event":"pong"}'])
      sockets[0]?.say(nothing);
    await time.advance(0);
    expect(asked('/v1/terminal-settings')).toBe(0);
  });

  it('comes back later and later with a new ticket, and at once again after it was heard', async () => {
    const { time, service, sockets } = await listening();
    sockets[0]?.say({ event: 'ready', id: null });
    const came: number[] = [];
    for (let lost = 0; lost < 9; lost += 1) {
      const before = time.now();
      sockets.at(-1)?.close();
      const count = sockets.length;
      while (sockets.length === count) await time.advance(500);
      came.push(time.now() - before);
    }
    expect(came[0]).toBeLessThanOrEqual(2_000);
    expect(Math.max(...came)).toBeLessThanOrEqual(91_000);
    expect(came.at(-1)).toBeGreaterThanOrEqual(30_000);
    expect(new Set(sockets.map(({ address }) => address)).size).toBe(sockets.length);
    sockets.at(-1)?.say({ event: 'ready', id: null });
    service.faults = [undefined, { problem: 'unavailable' }];
    const count = sockets.length;
    sockets.at(-1)?.close();
    await time.advance(2_000);
    expect(sockets.length - count).toBeLessThanOrEqual(1);
    await time.advance(10_000);
    expect(sockets.length - count).toBe(1);
  });

  it('hangs up when it is closed, and comes back no more', async () => {
    const { time, client, sockets } = await listening();
    await client.close();
    expect(sockets[0]?.isClosed).toBe(true);
    await time.advance(600_000);
    expect(sockets).toHaveLength(1);
  });
});
