import { makeOrderNumber, type ShiftRequest } from '@campus-paycode/terminal-protocol';
import type { Surroundings } from './surroundings.js';
import type { BookData } from './terminal-book.js';

/** The report of the shift that ends now. */
export function shiftToClose(
  { shiftOpenedAt, statedAt, totals, cashier }: BookData,
  serviceNow: number,
  surroundings: Pick<Surroundings, 'random'>,
): ShiftRequest {
  // After everything that this shift stated, and not after anything that the next one will.
  const closing = Math.max(Math.floor(serviceNow), statedAt + 1);
  const closedAt = new Date(closing).toISOString();
  const shiftNumber = cashier.shiftNumber ?? makeOrderNumber(closing, surroundings.random(10));
  return { shiftNumber, openedAt: shiftOpenedAt ?? closedAt, closedAt, ...totals };
}
