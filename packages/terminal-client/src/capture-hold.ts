import { makeOrderNumber, type CaptureRequest } from '@campus-paycode/terminal-protocol';
import { statedNow, type BookData, type QueuedCapture } from './terminal-book.js';
import type { Surroundings } from './surroundings.js';

/** A capture under a number of its own, as it is stored before it is sent. */
export function captureToSend(
  book: BookData,
  { orderNumber, amount, final }: { orderNumber: string; amount: number; final: boolean },
  { serviceNow, surroundings }: { serviceNow: number; surroundings: Surroundings },
): QueuedCapture {
  const statedAt = statedNow(book, serviceNow);
  const captureNumber = makeOrderNumber(statedAt, surroundings.random(10));
  const request: CaptureRequest = { captureNumber, amount, final };
  return { captureNumber, orderNumber, amount, body: JSON.stringify(request), statedAt };
}
