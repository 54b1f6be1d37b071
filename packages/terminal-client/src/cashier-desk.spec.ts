import { describe, expect, it } from '@jest/globals';
import { TerminalProblem } from './terminal-events.js';
import { MemoryJournalStore } from './journal-store.js';
import { TerminalClient } from './terminal-client.js';
import { FakeService } from './testing/fake-service.js';
import { VirtualTime } from './testing/virtual-time.js';
import type { TerminalEvent } from './terminal-events.js';

async function terminal() {
  const time = new VirtualTime();
  const service = new FakeService(time, { type: 'entered', maximum: 50_000 });
  const journal = new MemoryJournalStore();
  const events: TerminalEvent[] = [];
  const options = {
    baseUrl: 'http://127.0.0.1:1',
    stateDir: null,
    surroundings: time,
    transport: service.transport,
    onEvent: (event: TerminalEvent) => {
      events.push(event);
    },
  };
  const client = await TerminalClient.enrol({
    ...options,
    journal,
    serviceName: service.name,
    enrolmentCode: '7F3K-9QXA',
    model: 'test',
    softwareVersion: '1',
  });
  const sent = (target: string) => service.log.filter((each) => each.target === target);
  return { time, service, journal, events, client, sent };
}

const none = { count: 0, amount: 0 };

describe('a void', () => {
  it('is written down before it is sent, and counted beside reversals', async () => {
    const { client, service, journal, sent } = await terminal();
    const paid = await client.pay({ code: '1', amount: 1_250 });
    let before = '';
    service.routes.set('POST /v1/voids', (body) => {
      before = Buffer.from(journal.bytes).toString();
      const { voidNumber, orderNumber } = JSON.parse(body);
      return { status: 200, body: { voidNumber, orderNumber, outcome: 'voided', returned: 1_250 } };
    });
    expect(await client.void(paid)).toMatchObject({ outcome: 'voided', returned: 1_250 });
    expect(before).toContain(JSON.stringify(sent('/v1/voids')[0]?.body).slice(1, -1));
    expect(client.totals()).toEqual({
      sales: { count: 1, amount: 1_250 },
      reversals: none,
      voids: { count: 1, amount: 1_250 },
    });
  });

  it('is sent with the same bytes until it is answered, and counts once', async () => {
    const { client, service, time, sent, events } = await terminal();
    const paid = await client.pay({ code: '1', amount: 400 });
    service.faults = ['drop_after', 'drop_before', undefined];
    expect(await time.until(client.void(paid))).toBeNull();
    expect(client.queued()).toBe(1);
    await expect(client.closeShift()).rejects.toThrow('still queued');
    await time.until(client.drain());
    expect(new Set(sent('/v1/voids').map(({ body }) => body)).size).toBe(1);
    expect(sent('/v1/voids').length).toBeGreaterThanOrEqual(2);
    expect(client.totals()).toMatchObject({ reversals: none, voids: { count: 1, amount: 400 } });
    expect(events.map(({ type }) => type)).toContain('voided');
    // Taken back already: neither counts again.
    expect(await client.void(paid)).toMatchObject({ outcome: 'already_reversed' });
    expect(await client.reverse(paid.orderNumber)).toMatchObject({ outcome: 'already_reversed' });
    expect(client.totals()).toMatchObject({ reversals: none, voids: { count: 1, amount: 400 } });
  });

  it('stays one void when a reversal is answered before it', async () => {
    const { client, service, time } = await terminal();
    const paid = await client.pay({ code: '1', amount: 400 });
    service.faults = ['drop_after'];
    expect(await time.until(client.void(paid))).toBeNull();
    service.isCut = false;
    await client.reverse(paid.orderNumber);
    await time.until(client.drain());
    expect(client.totals()).toMatchObject({ reversals: none, voids: { count: 1, amount: 400 } });
  });

  it('asks for a supervisor, whose word goes with the next one and whose PIN rests nowhere', async () => {
    const { client, service, journal } = await terminal();
    const paid = await client.pay({ code: '1', amount: 9_000 });
    const refused = await client.void(paid).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TerminalProblem);
    expect((refused as TerminalProblem).problem.code).toBe('supervision_needed');
    expect([client.queued(), client.exceptions()]).toEqual([0, []]);
    service.routes.set('POST /v1/supervisions', () => ({
      status: 200,
      body: { supervision: 'word', supervisor: { maskedName: '李*' }, expiresAt: 'soon' },
    }));
    const { supervision } = await client.supervise({ supervisor: '101', pin: '407291' });
    expect(await client.void({ ...paid, supervision })).toMatchObject({ outcome: 'voided' });
    expect(Buffer.from(journal.bytes).toString()).not.toContain('407291');
  });

  it('that is refused after the cashier has gone on is shown to a person', async () => {
    const { client, service, time, events } = await terminal();
    const paid = await client.pay({ code: '1', amount: 400 });
    service.faults = ['drop_before', { problem: 'void_too_late' }];
    expect(await time.until(client.void(paid))).toBeNull();
    await time.until(client.drain());
    const exception = { orderNumber: paid.orderNumber, what: 'void', code: 'void_too_late' };
    expect(client.exceptions()).toEqual([exception]);
    expect(events).toContainEqual({ type: 'exception', exception });
    expect(client.totals()).toMatchObject({ voids: none });
  });
});

describe('a shift', () => {
  it('that is opened ends under its number', async () => {
    const { client, service, time, sent } = await terminal();
    service.routes.set('POST /v1/shift-openings', (body) => ({
      status: 200,
      body: JSON.parse(body) as object,
    }));
    service.routes.set('POST /v1/shifts', (body) => ({
      status: 200,
      body: { shiftNumber: JSON.parse(body).shiftNumber, agrees: true },
    }));
    service.faults = ['drop_after'];
    const { shiftNumber, openedAt } = await time.until(client.openShift({ cashier: '101' }));
    expect(sent('/v1/shift-openings').map(({ body }) => JSON.parse(body))).toEqual([
      { shiftNumber, openedAt, cashier: '101' },
      { shiftNumber, openedAt, cashier: '101' },
    ]);
    const paid = await client.pay({ code: '1', amount: 400 });
    await expect(client.openShift()).rejects.toThrow('not closed');
    await client.void(paid);
    await client.closeShift();
    expect(JSON.parse(sent('/v1/shifts')[0]?.body ?? '')).toMatchObject({
      shiftNumber,
      openedAt,
      sales: { count: 1, amount: 400 },
      reversals: none,
      voids: { count: 1, amount: 400 },
    });
    await client.closeShift();
    expect(JSON.parse(sent('/v1/shifts')[1]?.body ?? '')).not.toMatchObject({ shiftNumber });
  });
});
