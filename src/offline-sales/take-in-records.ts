/**
 * A terminal that sold without the service brings its records, one after the other. Each is kept in the bytes that were
 * signed, decided once, and answered the same whenever it comes again; what does not follow is kept too, but decided by two
 * people, and the terminal sells nothing by itself until they have looked.
 */
import {
  fromBase64Url,
  readOfflineRecord,
  RECORD_TAG,
  refuseInChain,
  shortNumber,
  type ChainFault,
  type OfflineRecord,
} from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../places/find-places.js';
import type { Place } from '../places/place.js';
import { inTransaction, type Tx } from '../platform/database/transaction.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { FindTerminals } from '../terminals/find-terminals.js';
import { signatureHolds } from '../terminals/signature-holds.js';
import type { Terminal, TerminalKey } from '../terminals/terminal.js';
import { terminalsProblems } from '../terminals/terminals.errors.js';
import { DecideRecord } from './decide-record.js';
import type { RecordFault } from './domain/judge-record.js';
import { OfflineSalesStore } from './store/offline-sales.store.js';
import type { Chain, Decided, NewRecord } from './store/records.js';

/** One record as it travels. */
export type SignedText = { readonly record: string; readonly signature: string };

export type TakenIn = {
  /** Up to here everything that was sent is kept; the terminal may forget it. */
  readonly acknowledged: number;
  readonly decisions: readonly Decided[];
};

type Read = {
  readonly fault: RecordFault | undefined;
  /** What may be believed of it: undefined when it cannot be read, or is not this terminal's word. */
  readonly record: OfflineRecord | undefined;
  readonly sequence: number;
};

const faults: Readonly<Record<ChainFault, RecordFault>> = {
  record_repeated: 'record_rewritten',
  record_gap: 'record_gap',
  chain_broken: 'chain_broken',
  time_disorder: 'time_disorder',
};

const bytesOf = (signature: string): Uint8Array => fromBase64Url(signature) ?? new Uint8Array();

/** The same as the protocol's, for whatever text came. */
const messageOf = (text: string): Buffer => Buffer.from(RECORD_TAG + text, 'utf8');

@Injectable()
export class TakeInRecords {
  constructor(
    private readonly database: DataSource,
    private readonly store: OfflineSalesStore,
    private readonly deciding: DecideRecord,
    private readonly terminals: FindTerminals,
    private readonly places: FindPlaces,
  ) {}

  /**
   * In the order given, each in a transaction of its own, so that no sale waits for more than one of them and a crash
   * repeats none.
   * @throws {Refusal} terminal_revoked
   */
  async takeIn(key: TerminalKey, records: readonly SignedText[]): Promise<TakenIn> {
    const { terminal } = key;
    if (terminal.status !== 'active') throw new Refusal(terminalsProblems, 'terminal_revoked');
    const place = await this.places.byPlaceId(terminal.place);
    invariant(place !== undefined, `Terminal ${terminal.id} stands at a place that is not there.`);
    const decisions: Decided[] = [];
    try {
      for (const each of records)
        decisions.push(
          await inTransaction(this.database, (tx) => this.takeOne(tx, { terminal, place }, each)),
        );
    } finally {
      this.store.wakeConsumers();
    }
    return { acknowledged: Math.max(0, ...decisions.map(({ sequence }) => sequence)), decisions };
  }

  private async takeOne(
    tx: Tx,
    at: { readonly terminal: Terminal; readonly place: Place },
    { record: text, signature }: SignedText,
  ): Promise<Decided> {
    const { terminal, place } = at;
    const chain = await this.store.openChain(tx, terminal.id);
    const hash = createHash('sha256').update(messageOf(text)).digest();
    const same = await this.store.findSame(tx, terminal.id, hash);
    if (same !== undefined) return same;

    const { fault, record, sequence } = await this.read(chain, terminal, {
      record: text,
      signature,
    });
    await this.store.moveChain(tx, terminal.id, {
      sequence,
      hash,
      last: record ?? null,
      hotlistVersion: record?.hotlistVersion ?? null,
      fault: fault === 'terminal_stopped' ? null : (fault ?? null),
    });
    const kept = { sequence, hash, text, signature: bytesOf(signature) };
    if (record === undefined) return this.keepUnread(tx, at, kept, fault ?? 'record_unreadable');
    const brought = { terminal: terminal.id, place, record };
    const weighed = await this.deciding.weigh(tx, brought, fault);
    return this.deciding.decide(tx, brought, weighed, {
      ...kept,
      shortNumber: shortNumber(terminal.code, record.saleSequence),
    });
  }

  /** A record that nobody can answer for stands where the next one would have stood. */
  private async read(chain: Chain, terminal: Terminal, text: SignedText): Promise<Read> {
    const next = chain.end.sequence + 1;
    const unread = (fault: RecordFault): Read => ({ fault, record: undefined, sequence: next });
    const reading = readOfflineRecord(text.record);
    if (!reading.ok) return unread('record_unreadable');
    const { record } = reading;
    if (record.terminalId !== terminal.id.toString()) return unread('record_of_another');
    const key = await this.terminals.byKey(record.keyId);
    if (
      key === undefined ||
      key.terminal.id !== terminal.id ||
      !signatureHolds(key, messageOf(text.record), bytesOf(text.signature))
    )
      return unread('record_forged');
    const fault = refuseInChain(chain.end, record);
    return {
      record,
      sequence: record.sequence,
      fault:
        (fault && faults[fault]) ??
        (BigInt(record.hotlistVersion) < chain.hotlistVersion ? 'hotlist_went_back' : undefined) ??
        (chain.stoppedBy === null ? undefined : 'terminal_stopped'),
    };
  }

  private async keepUnread(
    tx: Tx,
    { terminal, place }: { terminal: Terminal; place: Place },
    kept: Pick<NewRecord, 'sequence' | 'hash' | 'text' | 'signature'>,
    reason: RecordFault,
  ): Promise<Decided> {
    const wanted: NewRecord = {
      ...kept,
      terminal: terminal.id,
      orderNumber: null,
      shortNumber: null,
      amount: null,
      occurredAt: null,
      hotlistVersion: null,
      place: place.id,
      merchant: place.merchant.id,
      certificate: null,
      counter: null,
      digest: null,
      card: null,
      decision: 'quarantined',
      reason,
      bears: null,
      payment: null,
    };
    await this.store.keep(tx, wanted);
    return wanted;
  }
}
