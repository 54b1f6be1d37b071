import type { BookData } from './terminal-book.js';

/** What the service has not acknowledged yet. */
export function countQueued(book: BookData): number {
  const { reversals, captures, offline, sessions, cashier, gate, readings } = book;
  const waiting = [reversals, captures, offline.waiting, sessions.waiting, cashier.voids];
  return [...waiting, gate.waiting, readings.waiting].reduce((sum, { length }) => sum + length, 0);
}
