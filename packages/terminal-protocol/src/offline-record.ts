import { asciiBytes, fromBase64Url, sameBytes, toBase64Url } from './bytes.js';
import { isOrderNumber, isSequence } from './order-number.js';
import { refuse, type Refusal } from './refusal.js';
import type { Sha256 } from './request-signature.js';

/**
 * Records of sales that a terminal accepted without a network: each names the hash of the one
 * before it and is signed by itself, so that none can be changed, dropped or put in between.
 */
export type OfflineRecord = {
  readonly terminalId: string;
  /** Whose signature it carries: the terminal's key of that time. */
  readonly keyId: string;
  /** Counts this terminal's records from 1, without a gap. */
  readonly sequence: number;
  /** base64url of the 32-byte hash of the record before; of 32 zero bytes in the first. */
  readonly previous: string;
  /** Of this sale alone: never that of a sale which was sent. */
  readonly orderNumber: string;
  /** The terminal's count of its sales, with and without a network. */
  readonly saleSequence: number;
  /** The 453 digits of the scan, prefix included. */
  readonly signedQr: string;
  readonly amount: number;
  readonly occurredAt: string;
  /** Milliseconds since `boot`, by a clock that nobody sets. */
  readonly monotonic: number;
  /** A UUID that is new whenever the monotonic clock began anew. */
  readonly boot: string;
  /** The number of the hotlist that the sale was judged by, and when the issuer made it. */
  readonly hotlistVersion: number;
  readonly hotlistAt: string;
};

/** One record as it travels: the exact text, and the terminal's signature over its message. */
export type SignedRecord = { readonly record: string; readonly signature: string };

/** Keeps a record's signature from ever passing for anything else. */
export const RECORD_TAG = 'cpc1/record\0';
/** What stands for the hash before the first record. */
export const NO_RECORD_HASH: Uint8Array = new Uint8Array(32);
export const MOST_RECORD_LENGTH = 2_000;
/** The most records of one upload. */
export const MOST_RECORDS_AT_ONCE = 50;

const MOST_AMOUNT = 10 ** 12;
const MOST_HOTLIST = 0xffff_ffff;

/** The text that is kept, hashed, signed and sent; the same bytes for ever. */
export function writeOfflineRecord(record: OfflineRecord): string {
  const fields = FIELDS.map((name) => [name, record[name]]);
  return JSON.stringify(Object.fromEntries(fields));
}

/** The bytes that are signed, and whose SHA-256 is the record's hash. */
export function recordMessage(text: string): Uint8Array {
  return asciiBytes(RECORD_TAG + text);
}

export function recordHash(text: string, sha256: Sha256): Uint8Array {
  return sha256(recordMessage(text));
}

type FieldName = keyof OfflineRecord;
type Judge = (value: unknown) => boolean;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const matches = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value);
const isInteger = (least: number, most: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isHash = (value: unknown) =>
  typeof value === 'string' && fromBase64Url(value)?.length === NO_RECORD_HASH.length;
/** The one way to write it, and a day that there is. */
const isInstant = (value: unknown) =>
  matches(INSTANT)(value) &&
  !Number.isNaN(Date.parse(value as string)) &&
  new Date(value as string).toISOString() === value;

const JUDGES: Record<FieldName, Judge> = {
  terminalId: matches(/^[1-9]\d{0,17}$/),
  keyId: matches(/^[a-z0-9.-]{1,64}$/),
  sequence: isSequence,
  previous: isHash,
  orderNumber: isOrderNumber,
  saleSequence: isSequence,
  signedQr: matches(/^\d{453}$/),
  amount: isInteger(1, MOST_AMOUNT),
  occurredAt: isInstant,
  monotonic: isInteger(0, Number.MAX_SAFE_INTEGER),
  boot: matches(UUID),
  hotlistVersion: isInteger(0, MOST_HOTLIST),
  hotlistAt: isInstant,
};
const FIELDS = Object.keys(JUDGES) as FieldName[];

export type ReadRecord = { readonly ok: true; readonly record: OfflineRecord };

/** Judges form alone: whose record it is, its signature and its place are other questions. */
export function readOfflineRecord(text: string): ReadRecord | Refusal<'record_malformed'> {
  const malformed = (detail: string) => refuse('record_malformed', detail);
  if (text.length > MOST_RECORD_LENGTH) return malformed('The record is too long.');
  if (!/^[\x20-\x7e]*$/.test(text)) return malformed('A record is printable ASCII in one line.');
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return malformed('The record is not JSON.');
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return malformed('The record is not an object.');
  }
  const fields = record as Record<string, unknown>;
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(JUDGES, name));
  if (unknown !== undefined) return malformed('The record has a field that it cannot have.');
  const wrong = FIELDS.find((name) => !JUDGES[name](fields[name]));
  if (wrong !== undefined) return malformed(`The record's ${wrong} is missing or wrong.`);
  return { ok: true, record: record as OfflineRecord };
}

/** Where a terminal's chain of records ends. */
export type ChainEnd = {
  readonly sequence: number;
  readonly hash: Uint8Array;
  /** Of the last record; null before the first. */
  readonly last: Pick<OfflineRecord, 'occurredAt' | 'monotonic' | 'boot'> | null;
};

export const CHAIN_START: ChainEnd = { sequence: 0, hash: NO_RECORD_HASH, last: null };

/**
 * `record_repeated` is at or before the end: compare its hash with that of the one kept there.
 * `record_gap` leaves some out, `chain_broken` follows another record than the one before it, and
 * `time_disorder` says that it happened before that one.
 */
export type ChainFault = 'record_repeated' | 'record_gap' | 'chain_broken' | 'time_disorder';

/** Why a record does not follow the chain's end; undefined when it does. */
export function refuseInChain(end: ChainEnd, record: OfflineRecord): ChainFault | undefined {
  if (record.sequence <= end.sequence) return 'record_repeated';
  if (record.sequence > end.sequence + 1) return 'record_gap';
  const previous = fromBase64Url(record.previous);
  if (previous === null || !sameBytes(previous, end.hash)) return 'chain_broken';
  return isInOrder(end.last, record) ? undefined : 'time_disorder';
}

/** The end once the record, of that text, stands there. */
export function chainEndOf(text: string, record: OfflineRecord, sha256: Sha256): ChainEnd {
  const { sequence, occurredAt, monotonic, boot } = record;
  return { sequence, hash: recordHash(text, sha256), last: { occurredAt, monotonic, boot } };
}

/** What the next record has to name as the one before it. */
export function previousOf(end: ChainEnd): string {
  return toBase64Url(end.hash);
}

/** Neither the stated time nor, within one boot, the monotonic clock ever goes back. */
function isInOrder(last: ChainEnd['last'], record: OfflineRecord): boolean {
  if (last === null) return true;
  if (record.occurredAt < last.occurredAt) return false;
  return record.boot !== last.boot || record.monotonic >= last.monotonic;
}
