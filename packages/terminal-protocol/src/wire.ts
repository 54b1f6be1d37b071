/**
 * Bodies of requests and answers, version 1. Amounts are integers of the minor unit (fen), 1 to
 * 10^12; instants are UTC in ISO 8601; ids are decimal strings. Answers may gain fields.
 */
import type { SignatureAlgorithm } from './algorithms.js';
import type { SignedRecord } from './offline-record.js';
import type { LocalText } from './problems.js';

export type ServiceKey = {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** base64url of the raw key, see `signatureAlgorithms`. */
  readonly publicKey: string;
};

export type EnrolmentRequest = {
  readonly enrolmentCode: string;
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: string;
  readonly model: string;
  readonly softwareVersion: string;
};

export type EnrolmentAnswer = {
  readonly terminalId: string;
  readonly keyId: string;
  readonly settings: TerminalSettings;
  readonly serviceKeys: readonly ServiceKey[];
};

/** The key name under which an enrolment is signed, before the terminal has one of its own. */
export const ENROLMENT_KEY_ID = 'enrolment';

/** At a meal, for a group, or both; null is any time, or everybody. */
export type WirePrice = {
  readonly meal: string | null;
  readonly group: string | null;
  readonly amount: number;
};

export type WireTariff =
  | { readonly type: 'entered'; readonly maximum: number }
  | { readonly type: 'fixed'; readonly amount: number; readonly prices?: readonly WirePrice[] }
  | {
      readonly type: 'metered';
      readonly hold: number;
      readonly unit: string;
      readonly unitPrice: number;
      readonly holdSeconds: number;
    };

export type TerminalKind = 'canteen' | 'gym' | 'dorm';

export type TerminalSettings = {
  readonly terminalId: string;
  readonly code: string;
  readonly name: LocalText;
  readonly kind: TerminalKind;
  readonly place: { readonly id: string; readonly name: LocalText };
  readonly merchant: { readonly id: string; readonly name: LocalText };
  readonly tariff: WireTariff;
  readonly currency: string;
  readonly serviceName: string;
  /** Versions of the protocol that the service speaks, and when each earlier one ends (ISO instants). */
  readonly protocolVersions: readonly number[];
  readonly protocolEnds: Readonly<Record<string, string>>;
  readonly codePrefix: string;
  readonly serverTime: string;
  readonly serviceKeys: readonly ServiceKey[];
  /** When a sale may be voided; null, or left out, where nobody stands. */
  readonly voids?: VoidRules | null;
  /** What the till shows of whoever pays. */
  readonly shows?: TillShows;
  /** What the place takes; without it codes alone. */
  readonly instruments?: readonly InstrumentType[];
  /** Fen: the most that a card pays without a phone, in one sale and in one business day. */
  readonly staticCaps?: { readonly perSale: number; readonly perDay: number };
  /** Null, or left out, where nothing is sold without a network. */
  readonly offline?: OfflineSettings | null;
  /** The keys that sign tickets for meters without a network. */
  readonly ticketKeys?: readonly {
    readonly keyId: number;
    readonly algorithm: 'ed25519';
    readonly publicKey: string;
  }[];
};

/** Within so many minutes after the sale, in its shift; above the amount with a supervisor's word. */
export type VoidRules = { readonly minutes: number; readonly supervisorAbove: number };
export type TillShows = {
  readonly maskedName: boolean;
  readonly purses: boolean;
  readonly balance: boolean;
};

/** What a terminal may sell without a network, and whom it trusts then. */
export type OfflineSettings = {
  readonly scheme: number;
  readonly issuerKeys: readonly WireIssuerKey[];
  readonly classes: readonly OfflineClass[];
  readonly perTerminal: {
    readonly amount: number;
    readonly records: number;
    readonly hours: number;
  };
  readonly hotlistVersion: number;
};
export type WireIssuerKey = {
  readonly keyId: number;
  readonly publicKey: string;
  readonly notBefore: string;
  readonly notAfter: string;
};
/** The limits of the certificates of one class: a sale, and all sales of a card at this terminal. */
export type OfflineClass = {
  readonly class: number;
  readonly perSale: number;
  readonly perCard: number;
};

export type Instrument =
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'signed_qr'; readonly text: string }
  /** The chip's number in hex, or the printed number. */
  | { readonly type: 'plastic'; readonly number: string }
  /** What a PIN check gave: good for one sale of this terminal. */
  | { readonly type: 'number_pin'; readonly token: string };

export type InstrumentType = Instrument['type'];

/** Typed at an attended till, and never stored. */
export type PinCheckRequest = { readonly number: string; readonly pin: string };
export type PinCheckAnswer = {
  readonly instrument: Extract<Instrument, { type: 'number_pin' }>;
  readonly cardholder: { readonly maskedName: string };
  readonly expiresAt: string;
};

export type PaymentRequest = {
  readonly orderNumber: string;
  readonly sequence: number;
  readonly instrument: Instrument;
  /** Required where the tariff is `entered`, forbidden everywhere else. */
  readonly amount?: number;
  readonly occurredAt: string;
};

export type Verdict = 'approved' | 'declined' | 'pending';
export type PaymentState = 'captured' | 'held' | 'released' | 'declined' | 'reversed';

export type PaymentAnswer = {
  readonly paymentId: string | null;
  readonly orderNumber: string;
  readonly shortNumber: string;
  readonly verdict: Verdict;
  /** Why it was declined, e.g. `insufficient_funds`; null when it was not. May gain values. */
  readonly reason: string | null;
  readonly message: LocalText;
  readonly amount: number;
  readonly captured: number;
  readonly state: PaymentState;
  /** Only while the verdict is `pending`: whose word it waits for, until `expiresAt`. */
  readonly awaits?: 'phone' | 'cashier';
  readonly cardholder: CardholderOnScreen | null;
  readonly expiresAt: string | null;
  readonly decidedAt: string;
  readonly businessDate: string;
};

/** As much as the place lets its tills show: a name that is not shown is `*`. */
export type CardholderOnScreen = {
  readonly maskedName: string;
  /** What each kind of purse paid, or holds for this sale. */
  readonly purses?: readonly { readonly kind: string; readonly amount: number }[];
  /** What the card can still spend. */
  readonly balance?: number;
};

/** The answer to the start of a session, and what a device knows of it. */
export type SessionState = {
  readonly state: 'running' | 'ended';
  readonly unit: string;
  readonly unitPrice: number;
  readonly programme: { readonly code: string; readonly name: LocalText } | null;
  readonly held: number;
  /** Thousandths of the unit since it began. */
  readonly reading: number;
  readonly amount: number;
  readonly stop: boolean;
  readonly expiresAt: string;
  readonly endReason: string | null;
};
export type SessionRequest = Omit<PaymentRequest, 'amount'> & { readonly programme?: string };
export type SessionAnswer = PaymentAnswer & { readonly session: SessionState | null };
export type ProgressRequest = {
  readonly progressNumber: string;
  readonly sequence: number;
  readonly reading: number;
  readonly final: boolean;
  readonly occurredAt: string;
};
export type ProgressAnswer = SessionState & {
  readonly progressNumber: string;
  readonly orderNumber: string;
  /** Late: after the end of the session; it changed nothing. */
  readonly outcome: 'noted' | 'late';
  readonly captured: number;
};
export type WireProgramme = {
  readonly code: string;
  readonly name: LocalText;
  readonly amount: number;
  readonly seconds: number;
};
export type ProgrammesAnswer = { readonly programmes: readonly WireProgramme[] };

export type ReversalReason = 'timeout' | 'device';
export type ReversalRequest = { readonly reason: ReversalReason };
export type ReversalOutcome =
  'reversed' | 'released' | 'never_seen' | 'already_reversed' | 'was_declined';
export type ReversalAnswer = {
  readonly orderNumber: string;
  readonly outcome: ReversalOutcome;
  readonly returned: number;
};

/** `voidNumber` is an order number of its own; `supervision` the word of a supervisor. */
export type VoidRequest = {
  readonly voidNumber: string;
  readonly orderNumber: string;
  readonly supervision?: string;
};
export type VoidOutcome =
  'voided' | 'released' | 'already_voided' | 'already_reversed' | 'was_declined';
export type VoidAnswer = {
  readonly voidNumber: string;
  readonly orderNumber: string;
  readonly outcome: VoidOutcome;
  readonly returned: number;
};

/** Never stored: a PIN lies on no terminal. */
export type SupervisionRequest = { readonly supervisor: string; readonly pin: string };
export type SupervisionAnswer = {
  readonly supervision: string;
  readonly supervisor: { readonly maskedName: string };
  readonly expiresAt: string;
};

export type CaptureRequest = {
  readonly captureNumber: string;
  /** 0 is allowed when `final`. */
  readonly amount: number;
  readonly final: boolean;
};
export type CaptureAnswer = {
  readonly captureNumber: string;
  readonly orderNumber: string;
  readonly captured: number;
  readonly released: number;
  readonly state: 'captured' | 'held' | 'released';
};

export type HeartbeatRequest = {
  readonly softwareVersion: string;
  readonly queuedReversals: number;
};
export type HeartbeatAnswer = { readonly serverTime: string; readonly settingsVersion: string };

export type ShiftTotal = { readonly count: number; readonly amount: number };
export type ShiftTotals = {
  readonly sales: ShiftTotal;
  readonly reversals: ShiftTotal;
  /** Left out, voids are among the reversals. */
  readonly voids?: ShiftTotal;
};
export type ShiftOpeningRequest = {
  readonly shiftNumber: string;
  readonly openedAt: string;
  readonly cashier?: string;
};
export type ShiftOpeningAnswer = { readonly shiftNumber: string; readonly openedAt: string };
export type ShiftRequest = ShiftTotals & {
  readonly shiftNumber: string;
  readonly openedAt: string;
  readonly closedAt: string;
};
export type ShiftAnswer = {
  readonly shiftNumber: string;
  readonly agrees: boolean;
  readonly service: ShiftTotals;
};

export type OfflineSalesRequest = { readonly records: readonly SignedRecord[] };
/** What became of one record. May gain values; whatever it is, the record is settled. */
export type OfflineDecision =
  'captured' | 'posted' | 'owed' | 'replayed' | 'refused' | 'quarantined';
export type OfflineSaleAnswer = {
  readonly sequence: number;
  /** Null, as the short number, of a record that cannot be read or was not signed by the terminal. */
  readonly orderNumber: string | null;
  readonly shortNumber: string | null;
  readonly decision: OfflineDecision;
  /** Why it was not simply sold: a stable word; null when it was. */
  readonly reason: string | null;
  readonly paymentId: string | null;
  readonly message: LocalText;
};
export type OfflineSalesAnswer = {
  /** The service keeps every record up to this one; the terminal may forget them. */
  readonly acknowledged: number;
  /** One for each record that was sent, in their order. */
  readonly decisions: readonly OfflineSaleAnswer[];
};

export type Direction = 'entry' | 'exit';

/** One scan at a gate. */
export type PassageRequest = {
  readonly orderNumber: string;
  readonly sequence: number;
  readonly instrument: Instrument;
  readonly direction: Direction;
  readonly occurredAt: string;
};

/** What became of it, as it stands now. `expiresAt`: until then somebody may pass. Amounts in fen. */
export type PassageAnswer = {
  readonly orderNumber: string;
  readonly shortNumber: string;
  readonly direction: Direction;
  readonly verdict: 'approved' | 'declined';
  readonly reason: string | null;
  readonly message: LocalText;
  readonly state: 'authorized' | 'passed' | 'voided' | 'declined';
  readonly amount: number;
  readonly cardholder: { readonly maskedName: string } | null;
  readonly visit: {
    readonly id: string;
    readonly charge: 'free' | 'pass' | 'entry' | 'time';
    readonly enteredAt: string;
    readonly closesAt: string;
    readonly paymentId: string | null;
    readonly usesLeft: number | null;
  } | null;
  readonly expiresAt: string | null;
  readonly decidedAt: string;
};

export type PassageReport = {
  readonly orderNumber: string;
  readonly outcome:
    'passed' | 'not_passed' | 'too_late' | 'was_declined' | 'already_passed' | 'never_seen';
};
