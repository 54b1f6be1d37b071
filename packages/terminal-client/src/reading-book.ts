import type { MeterReading } from '@campus-paycode/terminal-protocol';

/** What meters showed, and what the service has not settled of it; the oldest first. */
export type ReadingBook = { waiting: MeterReading[] };

export type ReadingEntry =
  | { readonly type: 'meters_read'; readonly readings: readonly MeterReading[] }
  /** Settled by the service, or refused by it for good. */
  | { readonly type: 'readings_settled'; readonly readings: readonly MeterReading[] };

const types = new Set<string>(['meters_read', 'readings_settled']);

export const isReadingEntry = (entry: { readonly type: string }): entry is ReadingEntry =>
  types.has(entry.type);

export const emptyReadingBook = (): ReadingBook => ({ waiting: [] });

/** What is kept without a network: more than a year of a building's daily readings would be. */
export const keptMax = 20_000;

const keyOf = ({ meterNumber, takenAt }: MeterReading): string => `${meterNumber} ${takenAt}`;

export function applyReadingEntry(book: ReadingBook, { type, readings }: ReadingEntry): void {
  const keys = new Set(readings.map(keyOf));
  const others = book.waiting.filter((waiting) => !keys.has(keyOf(waiting)));
  if (type === 'readings_settled') book.waiting = others;
  // A later reading says all that an earlier one of its meter did, but when: the oldest are let go.
  else book.waiting = [...others, ...readings].slice(-keptMax);
}
