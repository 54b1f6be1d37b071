import type { PresentedCode } from './book-parts.js';

/** What a gate has let through, and what it still has to say of it. */
export type GateBook = {
  /** One person at a time. */
  passage: OpenPassage | null;
  waiting: QueuedPassage[];
};

/** A scan that was begun; `body` is sent again, byte for byte, while the person stands there. */
export type OpenPassage = {
  readonly orderNumber: string;
  readonly sequence: number;
  readonly body: string;
  readonly statedAt: number;
  /** Whether the gate may have been opened for it. */
  readonly isOpened: boolean;
};

/** What the sensor said, until the service has acknowledged it. */
export type QueuedPassage = { readonly orderNumber: string; readonly isPassed: boolean };

export type GateEntry =
  | ({ readonly type: 'scanned'; readonly presented?: PresentedCode } & Omit<
      OpenPassage,
      'isOpened'
    >)
  | { readonly type: 'opening'; readonly orderNumber: string }
  /** Nothing is left to say: it was declined or refused, or the place has no sensor. */
  | { readonly type: 'stayed_shut'; readonly orderNumber: string }
  | ({ readonly type: 'seen' } & QueuedPassage)
  | { readonly type: 'passage_told'; readonly orderNumber: string };

/** What of the terminal's book a passage changes. */
type Counted = { gate: GateBook; sequence: number; statedAt: number };

const types = new Set<string>(['scanned', 'opening', 'stayed_shut', 'seen', 'passage_told']);

export const isGateEntry = (entry: { readonly type: string }): entry is GateEntry =>
  types.has(entry.type);

export const emptyGateBook = (): GateBook => ({ passage: null, waiting: [] });

export function applyGateEntry(book: Counted, entry: GateEntry): void {
  const { gate } = book;
  switch (entry.type) {
    case 'scanned': {
      const { type: _, presented: __, ...passage } = entry;
      gate.passage = { ...passage, isOpened: false };
      book.sequence = Math.max(book.sequence, entry.sequence);
      book.statedAt = Math.max(book.statedAt, entry.statedAt);
      return;
    }
    case 'opening':
      if (gate.passage?.orderNumber === entry.orderNumber)
        gate.passage = { ...gate.passage, isOpened: true };
      return;
    case 'stayed_shut':
      end(gate, entry.orderNumber);
      return;
    case 'seen':
      end(gate, entry.orderNumber);
      gate.waiting.push({ orderNumber: entry.orderNumber, isPassed: entry.isPassed });
      return;
    case 'passage_told':
      gate.waiting = gate.waiting.filter(({ orderNumber }) => orderNumber !== entry.orderNumber);
      return;
  }
}

function end(gate: GateBook, orderNumber: string): void {
  if (gate.passage?.orderNumber === orderNumber) gate.passage = null;
}
