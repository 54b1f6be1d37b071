import type { ShiftTotals, VoidAnswer } from '@campus-paycode/terminal-protocol';
import { endSession, type SessionBook } from './session-book.js';

/** What the cashier has said, and the service has not acknowledged yet. */
export type CashierBook = {
  voids: QueuedVoid[];
  /** Of the shift that was opened and has not ended. */
  shiftNumber: string | null;
  /** The body of its opening, until the service has acknowledged it. */
  shiftOpening: string | null;
};

/** `body` is sent again, byte for byte, until it is answered. */
export type QueuedVoid = {
  readonly voidNumber: string;
  readonly orderNumber: string;
  readonly body: string;
};

export type CashierEntry =
  | ({ readonly type: 'voiding' } & QueuedVoid)
  | { readonly type: 'voided'; readonly answer: VoidAnswer }
  | { readonly type: 'void_refused'; readonly voidNumber: string; readonly code: string }
  | {
      readonly type: 'shift_opening';
      readonly shiftNumber: string;
      readonly openedAt: string;
      readonly body: string;
    }
  | { readonly type: 'shift_begun' };

/** What of the terminal's book a void changes. */
type Counted = {
  cashier: CashierBook;
  totals: ShiftTotals;
  takenBack: string[];
  holds: { readonly orderNumber: string }[];
  sessions: SessionBook;
  shiftOpenedAt: string | null;
  statedAt: number;
};

const types = new Set<string>([
  'voiding',
  'voided',
  'void_refused',
  'shift_opening',
  'shift_begun',
]);

export const isCashierEntry = (entry: { readonly type: string }): entry is CashierEntry =>
  types.has(entry.type);

export const emptyCashierBook = (): CashierBook => ({
  voids: [],
  shiftNumber: null,
  shiftOpening: null,
});

export function applyCashierEntry(book: Counted, entry: CashierEntry): void {
  const { cashier } = book;
  switch (entry.type) {
    case 'voiding': {
      const { type: _, ...queued } = entry;
      cashier.voids.push(queued);
      return;
    }
    case 'voided':
      forget(cashier, entry.answer.voidNumber);
      endUse(book, entry.answer.orderNumber);
      countVoid(book, entry.answer);
      return;
    case 'void_refused':
      forget(cashier, entry.voidNumber);
      return;
    case 'shift_opening':
      cashier.shiftNumber = entry.shiftNumber;
      cashier.shiftOpening = entry.body;
      book.shiftOpenedAt = entry.openedAt;
      book.statedAt = Math.max(book.statedAt, Date.parse(entry.openedAt));
      return;
    case 'shift_begun':
      cashier.shiftOpening = null;
      return;
  }
}

function forget(cashier: CashierBook, number: string): void {
  cashier.voids = cashier.voids.filter(({ voidNumber }) => voidNumber !== number);
}

function endUse(book: Counted, ended: string): void {
  book.holds = book.holds.filter(({ orderNumber }) => orderNumber !== ended);
  endSession(book.sessions, ended);
}

/** What was voided under this number, once; what ended otherwise has been counted by whatever ended it. */
function countVoid(book: Counted, { orderNumber, outcome, returned }: VoidAnswer): void {
  if (outcome !== 'voided') return;
  let { reversals } = book.totals;
  const { sales, voids = { count: 0, amount: 0 } } = book.totals;
  if (book.takenBack.includes(orderNumber)) {
    // A reversal after it was answered first, with what this void had returned.
    reversals = { count: reversals.count - 1, amount: reversals.amount - returned };
  } else book.takenBack.push(orderNumber);
  const counted = { count: voids.count + 1, amount: voids.amount + returned };
  book.totals = { sales, reversals, voids: counted };
}
