/** A terminal listens to hints, and finds out sooner what it would find out by asking. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Given } from '../support/given.js';
import { givenColleague, type Colleague } from '../support/given-office.js';
import { startService, type TestService } from '../support/service.js';
import type { TestTerminal } from '../support/test-terminal.js';

type Hint = { readonly event: string; readonly id: string | null };

let service: TestService;
let given: Given;
let office: Colleague;
const open: WebSocket[] = [];

beforeAll(async () => {
  service = await startService();
  given = new Given(service);
  office = await givenColleague(service, 'keeper', ['administrator']);
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.terminate();
});
afterAll(() => service.close());

async function listen(terminal: TestTerminal) {
  const { body } = await terminal.send('POST', '/v1/terminal-hint-tickets');
  const address = `${service.url.replace('http', 'ws')}/v1/realtime?ticket=${String(body['ticket'])}`;
  const socket = new WebSocket(address);
  open.push(socket);
  const heard: Hint[] = [];
  socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as Hint));
  const hears = async (event: string): Promise<Hint> => {
    for (;;) {
      const found = heard.find((hint) => hint.event === event);
      if (found !== undefined) return found;
      await once(socket, 'message');
    }
  };
  await hears('ready');
  return { heard, hears, address };
}

describe('a terminal that listens', () => {
  it('hears how its own sale ended, by the name of what happened and the payment', async () => {
    const [till, other] = [await given.canteen(), await given.canteen()];
    const [mine, others] = [await listen(till), await listen(other)];
    const student = await given.student(5_000n);
    const { body } = await till.sell(student.phone.codeOf(0), 700);
    expect(await mine.hears('payment.approved')).toEqual({
      event: 'payment.approved',
      id: body['paymentId'],
    });
    await till.reverse(String(body['orderNumber']));
    await mine.hears('payment.reversed');
    expect(others.heard.filter(({ event }) => event.startsWith('payment.'))).toEqual([]);
  });

  it('hears that there are new settings, wherever it stands', async () => {
    const till = await given.canteen();
    const { heard, hears } = await listen(till);
    // Whoever comes first is told once, since nobody knows what was missed.
    await hears('settings.changed');
    heard.length = 0;
    const { body } = await till.send('GET', '/v1/terminal-settings');
    const { id } = body['place'] as { id: string };
    expect((await office.patch(`places/${id}`, { offline: true })).status).toBe(200);
    expect(await hears('settings.changed')).toEqual({ event: 'settings.changed', id: null });
  });

  it('opens one socket with one ticket, which nobody else gets', async () => {
    const till = await given.canteen();
    const { address } = await listen(till);
    const again = new WebSocket(address);
    const [code] = (await once(again, 'close')) as [number];
    expect(code).toBe(4401);
    await office.post(`terminals/${till.id}/revocation`);
    const refused = await till.send('POST', '/v1/terminal-hint-tickets');
    expect([refused.status, refused.body.code]).toEqual([403, 'terminal_revoked']);
  });
});
