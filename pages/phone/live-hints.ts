import { call, isRefused } from '../shared/call.js';

/** After these the code on the screen is used up. A gate may let somebody in or out without a payment. */
export const burnsCode: ReadonlySet<string> = new Set([
  'payment.approved',
  'payment.declined',
  'payment.pending',
  'visit.began',
  'visit.ended',
]);

/** An event's name and the id of what it is about: a hint to fetch the truth, never the truth. */
export type Hint = { readonly event: string; readonly id: string | null };

const FIRST_WAIT_MILLIS = 1_000;
const LONGEST_WAIT_MILLIS = 30_000;
const POLL_MILLIS = 5_000;

type Listeners = {
  readonly hint: (hint: Hint) => void;
  /** Called every 5 s while there is no socket and somebody is looking. */
  readonly poll: () => void;
  readonly connected: (connected: boolean) => void;
  /** Nobody is signed in any more: it has stopped, until it is started again. */
  readonly signedOut: () => void;
};

/** Keeps a socket open to hear of payments; asks by itself while it has none. */
export class LiveHints {
  private socket: WebSocket | null = null;
  private wait = FIRST_WAIT_MILLIS;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private polling: ReturnType<typeof setInterval> | undefined;
  private running = false;
  private connecting = false;

  constructor(private readonly listeners: Listeners) {
    addEventListener('online', () => {
      this.hurry();
    });
    addEventListener('offline', () => {
      this.socket?.close();
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.hurry();
    });
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.polling = setInterval(() => {
      if (!document.hidden && !this.isOpen()) this.listeners.poll();
    }, POLL_MILLIS);
    void this.connect();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.retry);
    clearInterval(this.polling);
    this.socket?.close();
    this.socket = null;
    this.listeners.connected(false);
  }

  private isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** A phone that slept may hold a socket that only looks open: ask in any case. */
  private hurry(): void {
    if (!this.running) return;
    this.listeners.poll();
    if (this.socket !== null) return;
    clearTimeout(this.retry);
    this.wait = FIRST_WAIT_MILLIS;
    void this.connect();
  }

  private async connect(): Promise<void> {
    if (this.connecting) return;
    this.connecting = true;
    try {
      const { ticket } = await call<{ ticket: string }>('POST', '/v1/realtime-tickets');
      if (this.running) this.open(ticket);
    } catch (error) {
      if (isRefused(error, 'unauthenticated')) {
        this.stop();
        this.listeners.signedOut();
      } else {
        this.retryLater();
      }
    } finally {
      this.connecting = false;
    }
  }

  private open(ticket: string): void {
    const address = new URL(`/v1/realtime?ticket=${encodeURIComponent(ticket)}`, location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.addEventListener('open', () => {
      this.wait = FIRST_WAIT_MILLIS;
      this.listeners.connected(true);
      // What happened while nobody listened.
      this.listeners.poll();
    });
    socket.addEventListener('message', ({ data }) => {
      const hint = readHint(data);
      if (hint !== null) this.listeners.hint(hint);
    });
    socket.addEventListener('close', () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.listeners.connected(false);
      this.retryLater();
    });
  }

  /** With jitter, or a whole campus comes back in the same second. */
  private retryLater(): void {
    if (!this.running) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), this.wait * (0.5 + Math.random()));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MILLIS);
  }
}

export function readHint(data: unknown): Hint | null {
  if (typeof data !== 'string') return null;
  try {
    const { event, id } = JSON.parse(data) as Partial<Hint>;
    return typeof event === 'string' ? { event, id: id ?? null } : null;
  } catch {
    return null;
  }
}
