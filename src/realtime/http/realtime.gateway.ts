import type { BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import {
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { AppConfig } from '../../platform/config/app-config.js';
import { FollowEvents } from '../../platform/events/follow-events.js';
import type { DomainEvent } from '../../platform/events/outbox.js';
import { RunJobs } from '../../platform/jobs/run-jobs.js';
import { closeCodes } from '../domain/connections.js';
import { TellListeners } from '../tell-listeners.js';

const path = '/v1/realtime';
const frameMaxBytes = 1024;
const pingEveryMs = 25_000;
const forgetTicketsEveryMs = 60_000;
const goodbyeMaxMs = 1_000;

/**
 * Tells a signed-in phone what happened to its cardholder, and a terminal what became of its sales: the event's name and
 * the payment's id. It is a hint: they fetch the truth, and miss nothing that they would not find by asking.
 */
@WebSocketGateway({ path, maxPayload: frameMaxBytes })
export class RealtimeGateway
  implements OnGatewayConnection<WebSocket>, OnGatewayInit, BeforeApplicationShutdown
{
  private pinging: NodeJS.Timeout | undefined;

  constructor(
    private readonly listeners: TellListeners,
    private readonly events: FollowEvents,
    private readonly jobs: RunJobs,
    private readonly config: AppConfig,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Called where sockets are served; a command that only borrows the use cases has none. */
  afterInit(): void {
    this.events.follow((event) => this.hint(event));
    this.jobs.add({
      name: 'forget-stale-tickets',
      everyMs: forgetTicketsEveryMs,
      run: () => this.listeners.forgetStale(),
    });
    this.pinging = setInterval(() => this.listeners.connections.checkAlive(), pingEveryMs);
    this.pinging.unref();
    const server = this.adapterHost.httpAdapter.getHttpServer() as Server;
    server.prependListener('upgrade', refuseOtherPaths);
  }

  async handleConnection(socket: WebSocket, request: IncomingMessage): Promise<void> {
    const { origin } = request.headers;
    if (origin !== undefined && !this.config.origins.includes(origin)) {
      socket.close(closeCodes.originRefused, 'this Origin is not one of ours');
      return;
    }
    const ticket = new URL(request.url ?? '/', 'http://here').searchParams.get('ticket') ?? '';
    const listener = await this.listeners.spend(ticket).catch(() => undefined);
    if (listener === undefined) {
      socket.close(closeCodes.ticketRefused, 'get a new ticket');
    } else if (socket.readyState === socket.OPEN) {
      this.listeners.connections.add(listener, socket);
      // From here on nothing is missed: whoever listens fetches once now, and after each hint.
      socket.send(JSON.stringify({ event: 'ready', id: null }));
    }
  }

  /** For phones whose sockets cannot ping by themselves. Any other frame is ignored. */
  @SubscribeMessage('ping')
  answerPing(): { event: 'pong' } {
    return { event: 'pong' };
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.pinging);
    const closed = this.listeners.connections.all.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('close', () => resolve());
          socket.close(closeCodes.goingAway, 'the service is restarting');
        }),
    );
    const patience = new Promise((resolve) => setTimeout(resolve, goodbyeMaxMs).unref());
    await Promise.race([Promise.all(closed), patience]);
  }

  private hint({ type, payload }: DomainEvent): void {
    const { cardholder, terminal, payment } = payload;
    const id = typeof payment === 'string' ? payment : null;
    if (typeof cardholder === 'string') this.listeners.tell(`cardholder ${cardholder}`, type, id);
    if (typeof terminal === 'string' && id !== null)
      this.listeners.tell(`terminal ${terminal}`, type, id);
  }
}

/** The socket adapter hangs up on other paths without a word; whoever asked deserves an answer first. */
function refuseOtherPaths(request: IncomingMessage, socket: Socket): void {
  if ((request.url ?? '').split('?')[0] === path) return;
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
