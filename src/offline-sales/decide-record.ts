/**
 * What a terminal sold without the service is decided once it brings it: the cardholder's, as far as the code is theirs; the
 * merchant's, where the terminal sold what it must not; and what nobody is to blame for waits for two people.
 */
import type { OfflineRecord } from '@campus-paycode/terminal-protocol';
import { Injectable } from '@nestjs/common';
import { maskName } from '../cardholders/mask-name.js';
import { PlanSpending } from '../cards/plan-spending.js';
import type { SignedCode } from '../payments/signed-code.js';
import type { Place } from '../places/place.js';
import { Clock } from '../platform/clock/clock.js';
import type { Tx } from '../platform/database/transaction.js';
import {
  judgeRecord,
  type Judgement,
  type RecordFacts,
  type RecordFault,
} from './domain/judge-record.js';
import { ReadRecordCode } from './read-record-code.js';
import { TellOwner } from './tell-owner.js';
import { OfflineSalesStore } from './store/offline-sales.store.js';
import { type Decided, type FactsRow, type NewRecord } from './store/records.js';

/** A record that can be read, with the place that its terminal stands at. */
export type Brought = {
  readonly terminal: bigint;
  readonly place: Place;
  readonly record: OfflineRecord;
};

/** What was found out about it. */
export type Weighed = {
  readonly facts: RecordFacts;
  readonly code: SignedCode | undefined;
  readonly digest: Buffer | null;
  readonly found: FactsRow;
};

const unixSeconds = (instant: string): number => Date.parse(instant) / 1000;

@Injectable()
export class DecideRecord {
  constructor(
    private readonly store: OfflineSalesStore,
    private readonly codes: ReadRecordCode,
    private readonly spending: PlanSpending,
    private readonly owners: TellOwner,
    private readonly clock: Clock,
  ) {}

  /** Looks at everything that the decision hangs on, and locks the card that the record is about. */
  async weigh(tx: Tx, brought: Brought, fault: RecordFault | undefined): Promise<Weighed> {
    const { terminal, place, record } = brought;
    const { code, digest, forgery } = await this.codes.read(record);
    const found = await this.store.facts(tx, {
      terminal,
      merchant: place.merchant.id,
      orderNumber: record.orderNumber,
      reference: code?.certificate.reference ?? null,
      counter: code?.counter ?? null,
      digest,
      occurredAt: record.occurredAt,
    });
    return {
      code,
      digest,
      found,
      facts: {
        fault,
        order: found.order_answer ?? 'free',
        forged:
          forgery ?? (found.certificate === null || found.is_withdrawn ? 'unknown' : undefined),
        codeTime: code?.codeTime ?? 0,
        occurredAt: unixSeconds(record.occurredAt),
        now: this.clock.unixSeconds(),
        amount: BigInt(record.amount),
        perSale: BigInt(found.per_sale ?? 0),
        perCard: BigInt(found.per_card ?? 0),
        soldHere: BigInt(found.sold_here ?? 0),
        twin:
          found.twin === null || found.twin_payment === null
            ? null
            : { at: found.twin, payment: BigInt(found.twin_payment) },
        isDoubled: found.is_doubled === true,
        listed:
          found.listed_at === null
            ? null
            : {
                at: found.listed_at.getTime() / 1000,
                version: found.listed_version === null ? null : BigInt(found.listed_version),
                reason: found.listed_reason ?? '',
              },
        hotlistVersion: BigInt(record.hotlistVersion),
      },
    };
  }

  /** Keeps a record that has just come, and carries out what its judgement says. */
  async decide(
    tx: Tx,
    brought: Brought,
    weighed: Weighed,
    kept: Pick<NewRecord, 'hash' | 'text' | 'signature' | 'sequence' | 'shortNumber'>,
  ): Promise<Decided> {
    const { record, place, terminal } = brought;
    const { code, digest, found } = weighed;
    const judgement = judgeRecord(weighed.facts);
    const isKnown = found.certificate !== null;
    const wanted: NewRecord = {
      ...kept,
      terminal,
      orderNumber: record.orderNumber,
      amount: BigInt(record.amount),
      occurredAt: record.occurredAt,
      hotlistVersion: record.hotlistVersion,
      place: place.id,
      merchant: place.merchant.id,
      certificate: isKnown ? BigInt(found.certificate) : null,
      counter: code?.counter ?? null,
      digest,
      card: isKnown ? BigInt(found.card) : null,
      ...outcomeOf(judgement),
    };
    const id = await this.store.keep(tx, wanted);
    if (judgement.kind !== 'sell') return wanted;
    const sold = await this.sell(tx, id, brought, weighed);
    return { ...wanted, ...sold, reason: null, bears: 'cardholder' };
  }

  /** The cardholder bought it: the purses pay, and what they lack is owed. */
  async sell(
    tx: Tx,
    id: bigint,
    { record, place }: Brought,
    { found, facts }: Weighed,
  ): Promise<Pick<Decided, 'payment' | 'decision'>> {
    const credential = BigInt(found.credential);
    const at = Date.parse(record.occurredAt);
    const sold = await this.store.sell(tx, id, {
      saleSequence: record.saleSequence,
      merchantAccount: place.merchant.account,
      purseKinds: this.spending.plan(found.group_code, place, at),
      credential,
      payer: maskName(found.name),
    });
    const about = { cardholder: BigInt(found.cardholder), card: BigInt(found.card) };
    if (sold.owed > 0n) await this.owners.tellOwed(tx, about, sold);
    if (facts.isDoubled && (await this.store.endPhone(tx, credential)))
      await this.owners.tellEnded(tx, about.cardholder, credential);
    return { payment: sold.payment, decision: sold.decision };
  }
}

/** What is kept at once; what is to be sold waits for its sale in the same transaction. */
function outcomeOf(
  judgement: Judgement,
): Pick<NewRecord, 'decision' | 'reason' | 'bears' | 'payment'> {
  switch (judgement.kind) {
    case 'quarantine':
    case 'bear':
      return { decision: 'quarantined', reason: judgement.reason, bears: null, payment: null };
    case 'refuse':
      return { decision: 'refused', reason: judgement.reason, bears: 'merchant', payment: null };
    case 'replay':
      return {
        decision: 'replayed',
        reason: judgement.reason,
        bears: judgement.bears === 'house' ? null : judgement.bears,
        payment: judgement.payment,
      };
    case 'sell':
      return { decision: 'quarantined', reason: 'terminal_stopped', bears: null, payment: null };
  }
}
