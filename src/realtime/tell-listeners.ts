/** A hint is the name of what happened, and an id: never an amount. Whoever misses one misses nothing that asking would not tell. */
import { Injectable } from '@nestjs/common';
import { Connections } from './domain/connections.js';
import { TicketsStore, ticketLifeSeconds } from './store/tickets.store.js';

/** Whose sockets: all phones of a cardholder, or one terminal. */
export type Listener = `${'cardholder' | 'terminal'} ${string}`;

@Injectable()
export class TellListeners {
  readonly connections = new Connections();

  constructor(private readonly tickets: TicketsStore) {}

  /** Opens one socket at `/v1/realtime?ticket=…`, once. */
  async admit(listener: Listener): Promise<{ ticket: string; expiresInSeconds: number }> {
    return { ticket: await this.tickets.issue(listener), expiresInSeconds: ticketLifeSeconds };
  }

  /** Whose socket a ticket opens; undefined when it opens none. It opens one. */
  spend(ticket: string): Promise<string | undefined> {
    return this.tickets.spend(ticket);
  }

  forgetStale(): Promise<void> {
    return this.tickets.forgetStale();
  }

  tell(listener: Listener, event: string, id: string | null): void {
    if (this.connections.has(listener))
      this.connections.tell(listener, JSON.stringify({ event, id }));
  }

  /** Everybody of a kind who listens at this process. */
  tellAll(kind: 'cardholder' | 'terminal', event: string): void {
    const text = JSON.stringify({ event, id: null });
    for (const listener of this.connections.listeners)
      if (listener.startsWith(`${kind} `)) this.connections.tell(listener, text);
  }

  hasAny(kind: 'cardholder' | 'terminal'): boolean {
    return this.connections.listeners.some((listener) => listener.startsWith(`${kind} `));
  }
}
