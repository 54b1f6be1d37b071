import type { PaymentAnswer } from '@campus-paycode/terminal-protocol';

/** What a device has running, and what it still has to say of it. */
export type SessionBook = {
  running: RunningSession[];
  waiting: QueuedProgress[];
};

/** One use of this device. Readings are thousandths of the unit since it began. */
export type RunningSession = {
  readonly orderNumber: string;
  /** Fen. */
  readonly held: number;
  /** Fen that the service has taken for it. */
  readonly captured: number;
  readonly sequence: number;
  /** What was stored last to be reported. */
  readonly reading: number;
  /** Whether its end has been stored to be reported. */
  readonly ending: boolean;
  /** When the clock of the service ends it. */
  readonly expiresAt: string | null;
};

export type QueuedProgress = {
  readonly progressNumber: string;
  readonly orderNumber: string;
  readonly sequence: number;
  readonly reading: number;
  readonly final: boolean;
  readonly body: string;
  readonly statedAt: number;
};

export type SessionEntry =
  | ({ readonly type: 'progressing' } & QueuedProgress)
  | {
      readonly type: 'progressed';
      readonly progressNumber: string;
      readonly orderNumber: string;
      readonly captured: number;
      readonly isOver: boolean;
      readonly expiresAt: string;
    }
  /** The service refused the report for good; a session that it does not know is none. */
  | {
      readonly type: 'progress_refused';
      readonly progressNumber: string;
      readonly orderNumber: string;
      readonly code: string;
      readonly isOver: boolean;
    };

const types = new Set<string>(['progressing', 'progressed', 'progress_refused']);

export const isSessionEntry = (entry: { readonly type: string }): entry is SessionEntry =>
  types.has(entry.type);

export const emptySessionBook = (): SessionBook => ({ running: [], waiting: [] });

export function beginSession(book: SessionBook, answer: PaymentAnswer): void {
  const { orderNumber, amount, captured, expiresAt } = answer;
  book.running.push({
    orderNumber,
    held: amount,
    captured,
    sequence: 0,
    reading: 0,
    ending: false,
    expiresAt,
  });
}

export function endSession(book: SessionBook, orderNumber: string): void {
  book.running = book.running.filter((session) => session.orderNumber !== orderNumber);
  book.waiting = book.waiting.filter((progress) => progress.orderNumber !== orderNumber);
}

/** @returns what the entry says that was sold: the service took it with this report. */
export function applySessionEntry(
  book: SessionBook,
  entry: SessionEntry,
): { readonly count: number; readonly amount: number } {
  const { orderNumber } = entry;
  const session = book.running.find((running) => running.orderNumber === orderNumber);
  const change = (changes: Partial<RunningSession>): void => {
    book.running = book.running.map((other) =>
      other === session ? { ...other, ...changes } : other,
    );
  };
  if (entry.type === 'progressing') {
    const { type: _, ...progress } = entry;
    // Whatever was said of this session and has not been heard is said better by this one.
    book.waiting = book.waiting.filter((waiting) => waiting.orderNumber !== orderNumber);
    book.waiting.push(progress);
    const { sequence, reading, final } = progress;
    change({ sequence, reading, ending: final });
    return { count: 0, amount: 0 };
  }
  book.waiting = book.waiting.filter(
    ({ progressNumber }) => progressNumber !== entry.progressNumber,
  );
  if (entry.isOver) endSession(book, orderNumber);
  if (entry.type === 'progress_refused' || session === undefined) return { count: 0, amount: 0 };
  change({ captured: entry.captured, expiresAt: entry.expiresAt });
  const amount = entry.captured - session.captured;
  return { count: amount > 0 && session.captured === 0 ? 1 : 0, amount };
}
