import { FRESH_SECONDS, type SignedQrRefusal } from '@campus-paycode/paycode';

/** Why a record does not follow the one before it, or cannot be one of this terminal at all. */
export type RecordFault =
  | 'record_unreadable'
  | 'record_forged'
  | 'record_of_another'
  | 'record_rewritten'
  | 'record_gap'
  | 'chain_broken'
  | 'time_disorder'
  | 'hotlist_went_back'
  | 'terminal_stopped';

/** Why a record was not simply sold: stable words, kept with it for ever. */
export type RecordReason =
  | RecordFault
  | 'order_number_reversed'
  | 'order_number_reused'
  | 'code_not_ours'
  | 'code_time_off'
  | 'amount_over_limit'
  | 'card_over_limit'
  | 'code_doubled'
  | 'scanned_again'
  | 'offline_replay'
  | 'certificate_revoked';

/** Everything that the decision hangs on. Times are unix seconds, amounts fen. */
export type RecordFacts = {
  readonly fault: RecordFault | undefined;
  /** What the service knows under its order number: nothing, a reversal that came before it, or an answer. */
  readonly order: 'free' | 'reversed' | 'answered';
  /** Undefined when phone and issuer signed it. `unknown` is a certificate that is not ours. */
  readonly forged: SignedQrRefusal | 'malformed' | 'unknown' | undefined;
  readonly codeTime: number;
  readonly occurredAt: number;
  /** The service's clock. */
  readonly now: number;
  readonly amount: bigint;
  /** Of the certificate's class. */
  readonly perSale: bigint;
  readonly perCard: bigint;
  /** What the terminal sold to this card by itself in the day before. */
  readonly soldHere: bigint;
  /** A sale by the very same code that stands. */
  readonly twin: {
    readonly at: 'here' | 'merchant' | 'elsewhere';
    readonly payment: bigint;
  } | null;
  /** The phone signed something else under this counter. */
  readonly isDoubled: boolean;
  readonly listed: {
    readonly at: number;
    /** The first list that has it; null until one is made. */
    readonly version: bigint | null;
    readonly reason: string;
  } | null;
  /** The list that the terminal judged by. */
  readonly hotlistVersion: bigint;
};

export type Judgement =
  /** Kept until two people release or refuse it. */
  | { readonly kind: 'quarantine'; readonly reason: RecordReason }
  /** The merchant bears it: the terminal sold what it must not. */
  | { readonly kind: 'refuse'; readonly reason: RecordReason }
  /** The sale is there already. Who bears it, if it is another terminal's, is the house only by two people's word. */
  | {
      readonly kind: 'replay';
      readonly reason: 'scanned_again' | 'offline_replay';
      readonly payment: bigint;
      readonly bears: 'cardholder' | 'merchant' | 'house';
    }
  /** Nobody's fault whom the house knows: it bears it, by two people's word. */
  | { readonly kind: 'bear'; readonly reason: RecordReason }
  /** The cardholder's. A phone that signed two codes under one counter ends. */
  | { readonly kind: 'sell'; readonly isDoubled: boolean };

type Rule = (facts: RecordFacts) => Judgement | undefined;

/** Listed for these, the phone is still in its owner's hand: whoever buys by it is the owner. */
const ownersDoing = new Set(['allowance_drawn', 'owed', 'code_doubled']);
/** How far the service's clock and the terminal's may be apart. */
const clockSeconds = 60;

const quarantine = (reason: RecordReason): Judgement => ({ kind: 'quarantine', reason });
const refuse = (reason: RecordReason): Judgement => ({ kind: 'refuse', reason });

/** What two people have to look at before anything else is asked. */
const doubts: readonly Rule[] = [
  ({ fault }) => (fault === undefined ? undefined : quarantine(fault)),
  ({ occurredAt, now }) =>
    occurredAt - now > clockSeconds ? quarantine('time_disorder') : undefined,
  ({ forged, codeTime, occurredAt }) =>
    forged === undefined && Math.abs(codeTime - occurredAt) > FRESH_SECONDS
      ? quarantine('code_time_off')
      : undefined,
  ({ forged, amount, perSale }) =>
    forged === undefined && amount > perSale ? quarantine('amount_over_limit') : undefined,
  ({ forged, amount, soldHere, perCard, twin }) =>
    forged === undefined && twin === null && amount + soldHere > perCard
      ? quarantine('card_over_limit')
      : undefined,
];

/** The table, its first row that fits. */
const rows: readonly Rule[] = [
  ({ order }) => (order === 'reversed' ? refuse('order_number_reversed') : undefined),
  ({ order }) => (order === 'answered' ? refuse('order_number_reused') : undefined),
  ({ forged }) => (forged === undefined ? undefined : refuse('code_not_ours')),
  ({ twin }) => (twin === null ? undefined : replayed(twin)),
  ({ listed, codeTime, hotlistVersion }) => {
    // What the phone signed before it was listed is its owner's, whenever the terminal brings it.
    if (listed === null || listed.at > codeTime) return undefined;
    if (listed.version !== null && hotlistVersion >= listed.version)
      return refuse('certificate_revoked');
    return ownersDoing.has(listed.reason)
      ? undefined
      : { kind: 'bear', reason: 'certificate_revoked' };
  },
];

function replayed({ at, payment }: NonNullable<RecordFacts['twin']>): Judgement {
  if (at === 'here')
    return { kind: 'replay', reason: 'scanned_again', payment, bears: 'cardholder' };
  const bears = at === 'merchant' ? 'merchant' : 'house';
  return { kind: 'replay', reason: 'offline_replay', payment, bears };
}

/**
 * How a record is decided. Two people who release one have looked at what was doubtful: then the table alone decides, as it
 * would have done.
 */
export function judgeRecord(facts: RecordFacts, isReleased = false): Judgement {
  for (const rule of isReleased ? rows : [...doubts, ...rows]) {
    const judgement = rule(facts);
    if (judgement !== undefined) return judgement;
  }
  return { kind: 'sell', isDoubled: facts.isDoubled };
}
