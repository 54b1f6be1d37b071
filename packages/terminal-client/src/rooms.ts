import { makeOrderNumber, type RoomCreditAnswer } from '@campus-paycode/terminal-protocol';
import type { Ask } from './ask-service.js';
import { statedNow, type Book } from './terminal-book.js';
import type { Surroundings } from './surroundings.js';
import { NoAnswer, type SaleResult, type Scan } from './terminal-events.js';

const LOOK_MILLIS = 1_000;
/** After this long whoever waits is told that the credit is on its way. */
const DELIVERY_WAIT_MILLIS = 60_000;

type Around = {
  readonly book: Book;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  readonly serviceNow: () => number;
  readonly ask: Ask;
  readonly sell: (scan: Scan, orderNumber: string) => Promise<SaleResult>;
};

/** What the desk of a dorm sells: credit for a room's meter. The order comes first, and the sale under its number. */
export class Rooms {
  /** The number of the order that may be sold: each once, and the newest alone. */
  private ordered: string | null = null;

  constructor(private readonly around: Around) {}

  /**
   * Says for which meter the next sale is. It costs nothing, and may be left alone; after a lost answer order again.
   * Throws TerminalProblem (`meter_unknown`) or NoAnswer.
   */
  async order({ meterNumber }: { meterNumber: number }): Promise<RoomCreditAnswer> {
    const { book, surroundings, serviceNow, ask } = this.around;
    this.ordered = null;
    const orderNumber = makeOrderNumber(
      statedNow(book.data, serviceNow()),
      surroundings.random(10),
    );
    const body = JSON.stringify({ orderNumber, meterNumber });
    const order = await ask<RoomCreditAnswer>('POST', '/v1/room-credits', body);
    this.ordered = orderNumber;
    return order;
  }

  /** A sale as every other, under the number of the newest order; once. */
  async sell({
    orderNumber,
    ...scan
  }: Scan & { readonly orderNumber: string }): Promise<SaleResult> {
    // A second sale under one number would, unanswered, take back the first.
    if (orderNumber !== this.ordered) throw new Error(`${orderNumber} is not the newest order`);
    this.ordered = null;
    return this.around.sell(scan, orderNumber);
  }

  /** The order as it stands now. Throws TerminalProblem or NoAnswer. */
  find(orderNumber: string): Promise<RoomCreditAnswer> {
    return this.around.ask('GET', `/v1/room-credits/${orderNumber}`);
  }

  /**
   * Looks every second until the credit is there; null after a minute: it is on its way, and whoever has paid gets it. A
   * look without an answer is made again. Throws TerminalProblem.
   */
  async delivered(orderNumber: string): Promise<RoomCreditAnswer | null> {
    const { surroundings, signal } = this.around;
    const until = surroundings.now() + DELIVERY_WAIT_MILLIS;
    while (!signal.aborted) {
      const order = await this.find(orderNumber).catch((error: unknown) => {
        if (error instanceof NoAnswer) return null;
        throw error;
      });
      if (order?.state === 'delivered') return order;
      if (surroundings.now() >= until) return null;
      await this.pause();
    }
    throw new Error('the terminal was closed');
  }

  private pause(): Promise<void> {
    const { surroundings, signal } = this.around;
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = surroundings.after(LOOK_MILLIS, wake);
      signal.addEventListener('abort', wake);
    });
  }
}
