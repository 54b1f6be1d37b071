import {
  shiftToClose,
  type Book,
  type CashierDesk,
  type Channel,
  type TerminalQueue,
} from '@campus-paycode/terminal-client/pure';
import { readStored, writeStored } from '../shared/stored.js';
import type { ShiftDeeds, ShiftEnd, ShiftNow } from './shift-view.js';

type Around = {
  readonly book: Book;
  readonly channel: Channel;
  readonly queue: TerminalQueue;
  readonly cashier: CashierDesk;
  readonly random: (length: number) => Uint8Array;
  readonly isBusy: () => boolean;
  readonly queued: () => number;
};

/** Who opened which shift, for the screen alone. */
type Opened = { readonly shiftNumber: string; readonly cashier: string };

const OPENED = 'campus-paycode.till.shift';

/** The running shift of this till: who opened it, what was counted in it, and its end. */
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
    const { shiftOpenedAt, shiftClosing, totals, cashier } = book.data;
    const opened = readStored<Opened>(OPENED);
    const { shiftNumber } = cashier;
    const { sales, reversals, voids } = totals;
    const waits = shiftClosing !== null || cashier.shiftOpening !== null;
    return {
      openedAt: shiftOpenedAt,
      cashier: shiftNumber !== null && opened?.shiftNumber === shiftNumber ? opened.cashier : null,
      // What was sold in a shift that nobody opened has to be reported before the next one.
      isOpen: shiftNumber !== null || sales.count + reversals.count + (voids?.count ?? 0) > 0,
      totals,
      isBusy: isBusy(),
      queued: queued() + (waits ? 1 : 0),
    };
  }

  async open(cashier: string | undefined): Promise<void> {
    const { isBusy, queued } = this.now();
    if (isBusy || queued > 0) throw new Error('Something is still queued.');
    const { shiftNumber } = await this.around.cashier.openShift(cashier);
    if (cashier !== undefined) writeStored(OPENED, { shiftNumber, cashier } satisfies Opened);
  }

  /** Tells the service what this till counted. Nothing may be open or queued. */
  async close(): Promise<ShiftEnd> {
    const { book, channel, queue, random } = this.around;
    const { totals } = book.data;
    const { isBusy, queued } = this.now();
    if (isBusy || queued > 0) throw new Error('Something is still queued.');
    const shift = shiftToClose(book.data, channel.serviceNow(), { random });
    const { agrees, service } = await queue.closeShift(JSON.stringify(shift), shift.closedAt);
    return { agrees, till: totals, service };
  }
}
