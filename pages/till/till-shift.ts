import { makeOrderNumber, type ShiftRequest } from '@campus-paycode/terminal-protocol';
import type { Book, Channel, TerminalQueue } from '@campus-paycode/terminal-client/pure';
import type { ShiftDeeds, ShiftEnd, ShiftNow } from './shift-view.js';

type Around = {
  readonly book: Book;
  readonly channel: Channel;
  readonly queue: TerminalQueue;
  readonly random: (length: number) => Uint8Array;
  readonly isBusy: () => boolean;
  readonly queued: () => number;
};

/** The running shift of this till: what it counted, and its end. */
export class TillShift implements ShiftDeeds {
  constructor(private readonly around: Around) {}

  /** The first shift of a till begins with its enrolment, each other one where the one before ended. */
  async begin(enrolledAt: string): Promise<void> {
    const { book } = this.around;
    if (book.data.shiftOpenedAt === null)
      await book.write({ type: 'shift_opened', at: enrolledAt });
  }

  now(): ShiftNow {
    const { book, isBusy, queued } = this.around;
    const { shiftOpenedAt, shiftClosing, totals } = book.data;
    return {
      openedAt: shiftOpenedAt,
      cashier: null,
      isOpen: true,
      totals,
      isBusy: isBusy(),
      queued: queued() + (shiftClosing === null ? 0 : 1),
    };
  }

  open(): Promise<void> {
    return Promise.resolve();
  }

  /** Tells the service what this till counted. Nothing may be open or queued. */
  async close(): Promise<ShiftEnd> {
    const { book, channel, queue, random } = this.around;
    const { shiftOpenedAt, statedAt, totals } = book.data;
    if (this.now().isBusy || this.now().queued > 0) throw new Error('Something is still queued.');
    // After everything that this shift stated, and not after anything that the next one will.
    const closing = Math.max(Math.floor(channel.serviceNow()), statedAt + 1);
    const closedAt = new Date(closing).toISOString();
    const shiftNumber = makeOrderNumber(closing, random(10));
    const openedAt = shiftOpenedAt ?? closedAt;
    const shift: ShiftRequest = { shiftNumber, openedAt, closedAt, ...totals };
    const { agrees, service } = await queue.closeShift(JSON.stringify(shift), closedAt);
    return { agrees, till: totals, service };
  }
}
