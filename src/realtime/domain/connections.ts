import { WebSocket } from 'ws';

/** A phone, two browsers and what a bad network left behind. */
export const socketsPerListenerMax = 5;
/** A socket that does not take a hundred bytes now and then is not read by anybody. */
const unsentMaxBytes = 64 * 1024;

/** Why a socket was closed; 4000 to 4999 are free for applications (RFC 6455, 7.4.2). */
export const closeCodes = {
  goingAway: 1001,
  ticketRefused: 4401,
  originRefused: 4403,
  replaced: 4409,
} as const;

/** The sockets of this process, by whose they are, each proven alive by its answers to pings. */
export class Connections {
  private readonly byListener = new Map<string, Set<WebSocket>>();
  private readonly answered = new WeakSet<WebSocket>();

  get all(): WebSocket[] {
    return [...this.byListener.values()].flatMap((sockets) => [...sockets]);
  }

  get listeners(): string[] {
    return [...this.byListener.keys()];
  }

  has(listener: string): boolean {
    return this.byListener.has(listener);
  }

  add(listener: string, socket: WebSocket): void {
    const sockets = this.byListener.get(listener) ?? new Set();
    this.byListener.set(listener, sockets.add(socket));
    this.answered.add(socket);
    socket.on('pong', () => this.answered.add(socket));
    socket.once('close', () => this.remove(listener, socket));
    const [oldest] = sockets;
    if (sockets.size > socketsPerListenerMax && oldest !== undefined) {
      sockets.delete(oldest);
      oldest.close(closeCodes.replaced, 'another socket was opened');
    }
  }

  /** Tells every socket of the listener in this process. */
  tell(listener: string, text: string): void {
    for (const socket of this.byListener.get(listener) ?? []) {
      if (socket.bufferedAmount > unsentMaxBytes) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) socket.send(text);
    }
  }

  /** Drops whoever has not answered since the last time, and asks the others again. */
  checkAlive(): void {
    for (const socket of this.all) {
      if (this.answered.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }

  private remove(listener: string, socket: WebSocket): void {
    const sockets = this.byListener.get(listener);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.byListener.delete(listener);
  }
}
