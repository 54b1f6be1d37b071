import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startService, type TestService } from '../../test/support/service.js';
import { RegisterCardholder } from '../cardholders/register-cardholder.js';
import { SignInCardholder } from '../cardholders/sign-in-cardholder.js';
import { appendEvent } from '../platform/events/outbox.js';
import { socketsPerListenerMax } from './domain/connections.js';

type Person = { id: bigint; token: string };

let service: TestService;
let numbers = 0;
let open: Phone[] = [];

beforeAll(async () => {
  service = await startService();
});
afterEach(() => {
  for (const phone of open) phone.socket.terminate();
  open = [];
});
afterAll(() => service.close());

const somebody = (): Promise<Person> =>
  service.inTransaction(async (tx) => {
    numbers += 1;
    const number = `S${numbers}`;
    const id = await service
      .get(RegisterCardholder)
      .register(tx, { number, name: '李雷', group: 'student' });
    const { token } = await service.get(SignInCardholder).signIn(tx, id, 'a test');
    return { id, token };
  });

async function ticketOf({ token }: Person): Promise<string> {
  const response = await fetch(`${service.url}/v1/realtime-tickets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const body = (await response.json()) as { ticket: string; expiresInSeconds: number };
  expect([response.status, body.expiresInSeconds]).toEqual([201, 30]);
  return body.ticket;
}

class Phone {
  readonly heard: { event: string; id?: string | null }[] = [];
  readonly closed: Promise<number>;

  constructor(readonly socket: WebSocket) {
    open.push(this);
    socket.on('message', (data: Buffer) => this.heard.push(JSON.parse(data.toString()) as never));
    this.closed = once(socket, 'close').then(([code]) => Number(code));
  }

  /** Resolves when the service knows whose socket it is. */
  async ready(): Promise<this> {
    await this.hears('ready');
    return this;
  }

  async hears(event: string): Promise<unknown> {
    for (;;) {
      const frame = this.heard.find((each) => each.event === event);
      if (frame !== undefined) return frame;
      await once(this.socket, 'message');
    }
  }
}

const connect = (ticket: string, origin?: string, path = '/v1/realtime'): Phone => {
  const address = `${service.url.replace('http', 'ws')}${path}?ticket=${ticket}`;
  return new Phone(new WebSocket(address, origin === undefined ? {} : { origin }));
};

const phoneOf = async (person: Person): Promise<Phone> =>
  connect(await ticketOf(person), service.url).ready();

const happened = (type: string, payload: Record<string, unknown>): Promise<void> =>
  service.inTransaction((tx) => appendEvent(tx, type, payload));

describe('a socket', () => {
  it('hears the name and the payment of what happened to its cardholder, and of nobody else', async () => {
    const [li, han] = [await somebody(), await somebody()];
    const [phone, second, other] = [await phoneOf(li), await phoneOf(li), await phoneOf(han)];
    const cardholder = li.id.toString();
    await happened('payment.approved', { payment: '7', cardholder, amount: 1250 });
    await happened('card.frozen', { cardholder, card: '3' });
    for (const each of [phone, second]) {
      expect(await each.hears('payment.approved')).toEqual({ event: 'payment.approved', id: '7' });
      expect(await each.hears('card.frozen')).toEqual({ event: 'card.frozen', id: null });
    }
    const events = other.heard.map(({ event }) => event);
    expect(events).not.toContain('payment.approved');
    expect(events).not.toContain('card.frozen');
  });

  it('is told at once, without asking', async () => {
    const person = await somebody();
    const phone = await phoneOf(person);
    const before = performance.now();
    await happened('payment.approved', { payment: '8', cardholder: person.id.toString() });
    await phone.hears('payment.approved');
    // On a server of its own it takes a quarter of a second at most; here every other test's open transaction, in whatever
    // database, holds the horizon back.
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it('is opened by a ticket once', async () => {
    const ticket = await ticketOf(await somebody());
    await connect(ticket).ready();
    expect(await connect(ticket).closed).toBe(4401);
    expect(await connect('').closed).toBe(4401);
  });

  it('is opened by a ticket for thirty seconds of the service clock', async () => {
    const ticket = await ticketOf(await somebody());
    await service.passTime(31);
    expect(await connect(ticket).closed).toBe(4401);
  });

  it('is refused to a foreign page, whose ticket stays unspent', async () => {
    const ticket = await ticketOf(await somebody());
    expect(await connect(ticket, 'https://evil.example').closed).toBe(4403);
    await connect(ticket, service.url).ready();
  });

  it('makes room for the sixth by closing the oldest', async () => {
    const person = await somebody();
    const phones: Phone[] = [];
    for (let n = 0; n <= socketsPerListenerMax; n += 1) phones.push(await phoneOf(person));
    expect(await phones[0]?.closed).toBe(4409);
    expect(phones[1]?.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('is not disturbed by frames that it does not know, and is closed by a large one', async () => {
    const phone = await phoneOf(await somebody());
    phone.socket.send('not json');
    phone.socket.send('{"event":"payment.approved"}');
    phone.socket.send('{"event":"ping"}');
    expect(await phone.hears('pong')).toEqual({ event: 'pong' });
    expect(phone.heard).not.toContainEqual({ event: 'payment.approved' });
    phone.socket.send('x'.repeat(1025));
    expect(await phone.closed).toBe(1009);
  });

  it('is answered 404 on any other path', async () => {
    const { socket, closed } = connect('x', service.url, '/v1/elsewhere');
    closed.catch(() => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      { statusCode: number; destroy(): void },
    ];
    expect(response.statusCode).toBe(404);
    response.destroy();
  });
});

describe('a ticket', () => {
  it('is for signed-in cardholders only', async () => {
    const response = await fetch(`${service.url}/v1/realtime-tickets`, { method: 'POST' });
    expect(response.status).toBe(401);
  });

  it('is forgotten when nobody came with it', async () => {
    await ticketOf(await somebody());
    await service.passTime(31);
    await service.runJob('forget-stale-tickets');
    const { rows } = await service.owner.query('select from realtime.ticket');
    expect(rows).toEqual([]);
  });
});

describe('a service that leaves', () => {
  it('says goodbye with 1001', async () => {
    const leaving = await startService();
    const staying = service;
    service = leaving;
    const phone = await phoneOf(await somebody());
    service = staying;
    await leaving.close();
    expect(await phone.closed).toBe(1001);
  });
});
