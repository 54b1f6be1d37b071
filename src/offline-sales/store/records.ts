import type { ChainEnd } from '@campus-paycode/terminal-protocol';
import type { RecordFault, RecordReason } from '../domain/judge-record.js';

export const recordDecisions = [
  'captured',
  'posted',
  'owed',
  'replayed',
  'refused',
  'quarantined',
] as const;
export type RecordDecision = (typeof recordDecisions)[number];
export type Bearer = 'cardholder' | 'merchant' | 'house';

export type Chain = {
  readonly end: ChainEnd;
  readonly hotlistVersion: bigint;
  readonly stoppedBy: RecordFault | null;
};

/** How a record was decided, as far as its terminal is told. */
export type Decided = {
  readonly sequence: number;
  readonly orderNumber: string | null;
  readonly shortNumber: string | null;
  readonly decision: RecordDecision;
  readonly reason: RecordReason | null;
  readonly bears: Bearer | null;
  readonly payment: bigint | null;
};

export type NewRecord = {
  readonly terminal: bigint;
  readonly sequence: number;
  readonly hash: Uint8Array;
  readonly text: string;
  readonly signature: Uint8Array;
  readonly orderNumber: string | null;
  readonly shortNumber: string | null;
  readonly amount: bigint | null;
  readonly occurredAt: string | null;
  readonly hotlistVersion: number | null;
  readonly place: bigint;
  readonly merchant: bigint;
  readonly certificate: bigint | null;
  readonly counter: number | null;
  readonly digest: Uint8Array | null;
  readonly card: bigint | null;
  readonly decision: RecordDecision;
  readonly reason: RecordReason | null;
  readonly bears: Bearer | null;
  readonly payment: bigint | null;
};

/** What is known about a record's code and order number, as `offline_sales.facts` says it. */
export type FactsRow = {
  readonly certificate: string | null;
  readonly credential: string;
  readonly card: string;
  readonly cardholder: string;
  readonly group_code: string;
  readonly name: string;
  readonly device_key: Buffer;
  readonly is_withdrawn: boolean;
  readonly per_sale: string;
  readonly per_card: string;
  readonly listed_at: Date | null;
  readonly listed_version: string | null;
  readonly listed_reason: string | null;
  readonly order_answer: 'reversed' | 'answered' | null;
  readonly sold_here: string;
  readonly twin: 'here' | 'merchant' | 'elsewhere' | null;
  readonly twin_payment: string | null;
  readonly is_doubled: boolean | null;
};

/** One that waits for two people, as it is kept. */
export type Waiting = {
  readonly id: string;
  readonly terminal: string;
  readonly place: string;
  readonly merchant: string;
  readonly text: Buffer;
  readonly decision: RecordDecision;
  readonly reason: RecordReason;
  readonly approval: string | null;
};
