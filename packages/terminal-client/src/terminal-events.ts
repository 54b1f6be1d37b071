import type {
  Instrument,
  LocalText,
  MeterReadingsAnswer,
  OfflineSaleAnswer,
  PassageReport,
  PaymentAnswer,
  Problem,
  ReversalAnswer,
  VoidAnswer,
} from '@campus-paycode/terminal-protocol';
import type { OfflineSaleRefusal } from './offline-rules.js';
import type { BookException } from './terminal-book.js';

/** What was scanned, or what pays without a phone; `amount` (fen) only where the tariff is `entered`. */
export type Scan =
  | { readonly code: string; readonly amount?: number }
  | { readonly instrument: Instrument; readonly amount?: number };

type Sale = {
  readonly orderNumber: string;
  readonly shortNumber: string;
  /** How often the same bytes were sent. */
  readonly sendings: number;
  readonly elapsedMillis: number;
};

/** `reversing` means: not confirmed; whatever was charged is being returned by itself. */
export type SaleResult =
  | (Sale & { readonly outcome: 'approved' | 'declined'; readonly answer: PaymentAnswer })
  | (Sale & { readonly outcome: 'problem'; readonly problem: Problem })
  | (Sale & { readonly outcome: 'reversed'; readonly reversal: ReversalAnswer | null })
  | (Sale & { readonly outcome: 'reversing' });

/**
 * A sale without a network. Accepted is what the terminal alone could judge; `again` says that this
 * very code had been accepted before: the sale of then. Refused took no number.
 */
export type OfflineResult =
  | {
      readonly outcome: 'accepted_offline';
      readonly orderNumber: string;
      readonly shortNumber: string;
      readonly amount: number;
      readonly again: boolean;
    }
  | {
      readonly outcome: 'refused_offline';
      readonly refusal: OfflineSaleRefusal;
      readonly message: LocalText;
    };

/** What the screen and the loudspeaker follow. */
export type TerminalEvent =
  | { readonly type: 'sent'; readonly orderNumber: string; readonly shortNumber: string }
  | { readonly type: 'checking'; readonly orderNumber: string; readonly shortNumber: string }
  /** `awaits` says whose word is waited for; null after a restart, until it is asked again. */
  | {
      readonly type: 'pending';
      readonly orderNumber: string;
      readonly expiresAt: string;
      readonly awaits: 'phone' | 'cashier' | null;
    }
  | { readonly type: 'ended'; readonly result: SaleResult }
  | { readonly type: 'reversing'; readonly orderNumber: string }
  | { readonly type: 'reversed'; readonly answer: ReversalAnswer }
  /** The cashier takes a sale back; the service has not answered yet. */
  | { readonly type: 'voiding'; readonly orderNumber: string }
  | { readonly type: 'voided'; readonly answer: VoidAnswer }
  | { readonly type: 'ended_offline'; readonly result: OfflineResult }
  /** What became of a record, with the amount that it was accepted for. */
  | {
      readonly type: 'settled_offline';
      readonly decision: OfflineSaleAnswer;
      readonly amount: number;
    }
  /** Nothing more is accepted without a network: a person has to look. */
  | { readonly type: 'stopped_offline'; readonly why: string }
  | { readonly type: 'gate_open'; readonly orderNumber: string; readonly expiresAt: string }
  | { readonly type: 'gate_shut'; readonly orderNumber: string; readonly isPassed: boolean }
  /** The service has acknowledged what the sensor saw. */
  | { readonly type: 'passage_told'; readonly report: PassageReport }
  /** What became of readings of meters, in the order in which they were sent. */
  | {
      readonly type: 'readings_settled';
      readonly readings: MeterReadingsAnswer['readings'];
    }
  | { readonly type: 'link'; readonly up: boolean }
  | { readonly type: 'exception'; readonly exception: BookException };

/** The service said no, in a signed answer. */
export class TerminalProblem extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
  }
}

/** No answer came, or none that verifies. */
export class NoAnswer extends Error {}
