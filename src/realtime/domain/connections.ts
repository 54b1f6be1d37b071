import { WebSocket } from 'ws';

/** A phone, two browsers and what a bad network left behind. */
export const socketsPerCardholderMax = 5;
/** A socket that does not take a hundred bytes now and then is not read by anybody. */
const unsentMaxBytes = 64 * 1024;

/** Why a socket was closed; 4000 to 4999 are free for applications (RFC 6455, 7.4.2). */
export const closeCodes = {
  goingAway: 1001,
  ticketRefused: 4401,
  originRefused: 4403,
  replaced: 4409,
} as const;

/** The sockets of this process, by cardholder, each proven alive by its answers to pings. */
export class Connections {
  private readonly byCardholder = new Map<string, Set<WebSocket>>();
  private readonly answered = new WeakSet<WebSocket>();

  get all(): WebSocket[] {
    return [...this.byCardholder.values()].flatMap((sockets) => [...sockets]);
  }

  add(cardholder: string, socket: WebSocket): void {
    const sockets = this.byCardholder.get(cardholder) ?? new Set();
    this.byCardholder.set(cardholder, sockets.add(socket));
    this.answered.add(socket);
    socket.on('pong', () => this.answered.add(socket));
    socket.once('close', () => this.remove(cardholder, socket));
    const [oldest] = sockets;
    if (sockets.size > socketsPerCardholderMax && oldest !== undefined) {
      sockets.delete(oldest);
      oldest.close(closeCodes.replaced, 'another socket was opened');
    }
  }

  /** Tells every socket of the cardholder in this process. */
  tell(cardholder: string, text: string): void {
    for (const socket of this.byCardholder.get(cardholder) ?? []) {
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

  private remove(cardholder: string, socket: WebSocket): void {
    const sockets = this.byCardholder.get(cardholder);
    sockets?.delete(socket);
    if (sockets?.size === 0) this.byCardholder.delete(cardholder);
  }
}
