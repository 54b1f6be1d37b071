import {
  applyCashierEntry,
  emptyCashierBook,
  isCashierEntry,
  type CashierBook,
  type CashierEntry,
} from './cashier-book.js';
import {
  applyGateEntry,
  emptyGateBook,
  isGateEntry,
  type GateBook,
  type GateEntry,
} from './gate-book.js';
import {
  applyOfflineEntry,
  emptyOfflineBook,
  isOfflineEntry,
  useCode,
  type OfflineBook,
  type OfflineEntry,
} from './offline-book.js';
import {
  applyReadingEntry,
  emptyReadingBook,
  isReadingEntry,
  type ReadingBook,
  type ReadingEntry,
} from './reading-book.js';
import {
  applySessionEntry,
  beginSession,
  emptySessionBook,
  endSession,
  isSessionEntry,
  type SessionBook,
  type SessionEntry,
} from './session-book.js';
import type {
  OpenSale,
  QueuedReversal,
  QueuedCapture,
  OpenHold,
  BookException,
} from './book-parts.js';
import type {
  OfflineSalesAnswer,
  PaymentAnswer,
  ReversalAnswer,
  ShiftTotals,
} from '@campus-paycode/terminal-protocol';

export type {
  PresentedCode,
  OpenSale,
  QueuedReversal,
  QueuedCapture,
  OpenHold,
  BookException,
} from './book-parts.js';

type ShiftClosing = { readonly body: string; readonly closedAt: string };

export type BookEntry =
  | OfflineEntry
  | SessionEntry
  | CashierEntry
  | GateEntry
  | ReadingEntry
  | { readonly type: 'snapshot'; readonly book: BookData }
  | ({ readonly type: 'sent' } & OpenSale)
  | { readonly type: 'pending'; readonly orderNumber: string; readonly expiresAt: string }
  | { readonly type: 'decided'; readonly answer: PaymentAnswer }
  | { readonly type: 'refused'; readonly orderNumber: string; readonly code: string }
  | ({ readonly type: 'reversing' } & QueuedReversal)
  | { readonly type: 'reversed'; readonly answer: ReversalAnswer }
  | ({ readonly type: 'capturing' } & QueuedCapture)
  | { readonly type: 'captured'; readonly captureNumber: string; readonly holdEnded: boolean }
  | { readonly type: 'exception'; readonly exception: BookException; readonly number: string }
  | { readonly type: 'shift_opened'; readonly at: string }
  | ({ readonly type: 'shift_closing' } & ShiftClosing)
  | { readonly type: 'shift_closed' };

export type BookData = {
  sequence: number;
  /** The latest instant that this terminal stated, in unix milliseconds. */
  statedAt: number;
  sale: OpenSale | null;
  /** Until when an open sale may stay pending; null when it has no verdict at all. */
  pendingUntil: string | null;
  reversals: QueuedReversal[];
  captures: QueuedCapture[];
  holds: OpenHold[];
  exceptions: BookException[];
  totals: ShiftTotals;
  /** Order numbers taken back in this shift, so that none is counted twice. */
  takenBack: string[];
  shiftOpenedAt: string | null;
  /** The body of a shift that the service has not acknowledged yet. */
  shiftClosing: string | null;
  offline: OfflineBook;
  sessions: SessionBook;
  cashier: CashierBook;
  gate: GateBook;
  readings: ReadingBook;
};

const DAY_MILLIS = 86_400_000;

/** A terminal's memory; `write` resolves when the entry would survive a power cut. */
export interface Book {
  readonly data: BookData;
  write(entry: BookEntry): Promise<void>;
}

const noTotals: ShiftTotals = {
  sales: { count: 0, amount: 0 },
  reversals: { count: 0, amount: 0 },
  voids: { count: 0, amount: 0 },
};

export function emptyBook(): BookData {
  return {
    sequence: 0,
    statedAt: 0,
    sale: null,
    pendingUntil: null,
    reversals: [],
    captures: [],
    holds: [],
    exceptions: [],
    totals: noTotals,
    takenBack: [],
    shiftOpenedAt: null,
    shiftClosing: null,
    offline: emptyOfflineBook(),
    sessions: emptySessionBook(),
    cashier: emptyCashierBook(),
    gate: emptyGateBook(),
    readings: emptyReadingBook(),
  };
}

/** Applies one entry; replaying a journal from empty gives the book of the moment it ended. */
export function applyEntry(book: BookData, entry: BookEntry): void {
  if (isOfflineEntry(entry)) applyOffline(book, entry);
  else if (isSessionEntry(entry)) applySession(book, entry);
  else if (isCashierEntry(entry)) applyCashierEntry(book, entry);
  else if (isGateEntry(entry)) applyGate(book, entry);
  else if (isReadingEntry(entry)) applyReadingEntry(book.readings, entry);
  else applySale(book, entry);
}

function applySale(
  book: BookData,
  entry: Exclude<BookEntry, OfflineEntry | SessionEntry | CashierEntry | GateEntry | ReadingEntry>,
): void {
  switch (entry.type) {
    case 'snapshot':
      Object.assign(book, structuredClone(entry.book));
      return;
    case 'sent': {
      const { type: _, ...sale } = entry;
      book.sale = sale;
      book.pendingUntil = null;
      countOn(book, sale.sequence, sale.statedAt);
      forgetOldHolds(book, sale.startedAt);
      notePresented(book, sale);
      return;
    }
    case 'pending':
      book.pendingUntil = entry.expiresAt;
      return;
    case 'decided':
      applyDecided(book, entry.answer);
      return;
    case 'refused':
      endSale(book, entry.orderNumber);
      return;
    case 'reversing':
      applyReversing(book, entry);
      return;
    case 'reversed':
      applyReversed(book, entry.answer);
      return;
    case 'capturing': {
      const { type: _, ...capture } = entry;
      book.captures.push(capture);
      book.statedAt = Math.max(book.statedAt, capture.statedAt);
      return;
    }
    case 'captured':
      applyCaptured(book, entry.captureNumber, entry.holdEnded);
      return;
    case 'exception':
      book.exceptions.push(entry.exception);
      book.reversals = book.reversals.filter(({ orderNumber }) => orderNumber !== entry.number);
      book.captures = book.captures.filter(({ captureNumber }) => captureNumber !== entry.number);
      return;
    case 'shift_opened':
      book.shiftOpenedAt = entry.at;
      book.statedAt = Math.max(book.statedAt, Date.parse(entry.at));
      return;
    case 'shift_closing':
      applyShiftClosing(book, entry);
      return;
    case 'shift_closed':
      book.shiftClosing = null;
      return;
  }
}

/**
 * The instant that a sale or capture states. It never goes back, although the estimate of the
 * service's time may: the service assigns sales to shifts by it.
 */
export function statedNow(book: BookData, serviceNow: number): number {
  return Math.max(Math.floor(serviceNow), book.statedAt);
}

/** A hold that ended a day ago was released by the service: nothing of it is left to capture. */
function forgetOldHolds(book: BookData, now: number): void {
  const ended = (at: string | null) => at !== null && Date.parse(at) + DAY_MILLIS < now;
  book.holds = book.holds.filter(({ expiresAt }) => !ended(expiresAt));
  for (const { orderNumber, expiresAt } of book.sessions.running)
    if (ended(expiresAt)) endSession(book.sessions, orderNumber);
}

function countOn(book: BookData, sequence: number, statedAt: number): void {
  book.sequence = Math.max(book.sequence, sequence);
  book.statedAt = Math.max(book.statedAt, statedAt);
}

function applyOffline(book: BookData, entry: OfflineEntry): void {
  if (entry.type === 'accepted_offline') {
    countOn(book, entry.saleSequence, entry.statedAt);
  }
  if (entry.type === 'settled_offline') countSettled(book, entry.answer);
  applyOfflineEntry(book.offline, entry);
}

function applyGate(book: BookData, entry: GateEntry): void {
  applyGateEntry(book, entry);
  if (entry.type === 'scanned') notePresented(book, entry);
}

function notePresented(
  book: BookData,
  { presented, statedAt }: Pick<OpenSale, 'presented' | 'statedAt'>,
): void {
  if (presented === undefined) return;
  const { reference, ...used } = presented;
  useCode(book.offline, reference, { ...used, sale: null, now: statedAt });
}

/** The service made payments of them, which it counts in this shift. */
function countSettled(book: BookData, { acknowledged, decisions }: OfflineSalesAnswer): void {
  for (const { orderNumber, sequence, paymentId } of decisions) {
    const sale = book.offline.waiting.find((waiting) => waiting.orderNumber === orderNumber);
    const isNew = sale !== undefined && sequence <= acknowledged;
    if (isNew && paymentId !== null) addSale(book, 1, sale.amount);
  }
}

function endSale(book: BookData, orderNumber: string): void {
  if (book.sale?.orderNumber === orderNumber) {
    book.sale = null;
    book.pendingUntil = null;
  }
}

function applySession(book: BookData, entry: SessionEntry): void {
  if (entry.type === 'progressing') book.statedAt = Math.max(book.statedAt, entry.statedAt);
  const { count, amount } = applySessionEntry(book.sessions, entry);
  if (amount > 0) addSale(book, count, amount);
}

function applyDecided(book: BookData, answer: PaymentAnswer): void {
  const isSession = book.sale?.target !== undefined;
  endSale(book, answer.orderNumber);
  countDecision(book, answer, isSession);
}

function countDecision(book: BookData, answer: PaymentAnswer, isSession: boolean): void {
  if (answer.verdict !== 'approved' || answer.state === 'reversed') return;
  if (answer.captured > 0) addSale(book, 1, answer.captured);
  if (answer.state === 'held' && isSession) beginSession(book.sessions, answer);
  else if (answer.state === 'held') {
    const { orderNumber, amount, captured, expiresAt } = answer;
    book.holds.push({ orderNumber, held: amount, captured, expiresAt });
  }
}

function applyReversing(book: BookData, entry: QueuedReversal): void {
  endSale(book, entry.orderNumber);
  const { orderNumber, reason, counted } = entry;
  if (book.reversals.some((queued) => queued.orderNumber === orderNumber)) return;
  book.reversals.push({ orderNumber, reason, counted });
}

function applyReversed(book: BookData, answer: ReversalAnswer): void {
  const queued = book.reversals.find(({ orderNumber }) => orderNumber === answer.orderNumber);
  book.reversals = book.reversals.filter((reversal) => reversal !== queued);
  book.holds = book.holds.filter(({ orderNumber }) => orderNumber !== answer.orderNumber);
  endSession(book.sessions, answer.orderNumber);
  if (answer.returned <= 0 || book.takenBack.includes(answer.orderNumber)) return;
  if (queued?.counted === false) addSale(book, 1, answer.returned);
  book.takenBack.push(answer.orderNumber);
  const { reversals } = book.totals;
  const amount = reversals.amount + answer.returned;
  book.totals = { ...book.totals, reversals: { count: reversals.count + 1, amount } };
}

function applyShiftClosing(book: BookData, { body, closedAt }: ShiftClosing): void {
  book.shiftClosing = body;
  book.shiftOpenedAt = closedAt;
  book.statedAt = Date.parse(closedAt);
  book.totals = noTotals;
  book.takenBack = [];
  book.cashier.shiftNumber = null;
}

function applyCaptured(book: BookData, captureNumber: string, holdEnded: boolean): void {
  const capture = book.captures.find((queued) => queued.captureNumber === captureNumber);
  if (capture === undefined) return;
  book.captures = book.captures.filter((queued) => queued !== capture);
  const hold = book.holds.find(({ orderNumber }) => orderNumber === capture.orderNumber);
  const captured = (hold?.captured ?? 0) + capture.amount;
  if (capture.amount > 0) addSale(book, hold?.captured ? 0 : 1, capture.amount);
  book.holds = book.holds.filter((other) => other !== hold);
  if (hold !== undefined && !holdEnded) book.holds.push({ ...hold, captured });
}

function addSale(book: BookData, count: number, amount: number): void {
  const { sales } = book.totals;
  const grown = { count: sales.count + count, amount: sales.amount + amount };
  book.totals = { ...book.totals, sales: grown };
}
