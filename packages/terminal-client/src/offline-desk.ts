import {
  chainEndOf,
  makeOrderNumber,
  recordMessage,
  shortNumber,
  toBase64Url,
  writeOfflineRecord,
  type OfflineRecord,
  type Sha256,
  type TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import type { Hotlist, ParsedSignedQr, VerifyEd25519 } from '@campus-paycode/paycode';
import { keptEnd, type OfflineSale } from './offline-book.js';
import {
  judgeOfflineSale,
  referenceOf,
  refuseToSellAlone,
  trustedNow,
  type OfflineGround,
  type OfflineStop,
} from './offline-rules.js';
import { wordsOf } from './offline-words.js';
import { statedNow, type Book } from './terminal-book.js';
import type { Surroundings } from './surroundings.js';
import type { OfflineResult, TerminalEvent } from './terminal-events.js';

/** The terminal's own cryptography and identity, as selling without a network needs them. */
export type OfflineIdentity = {
  readonly terminalId: string;
  readonly keyId: string;
  readonly sha256: Sha256;
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  readonly verify: VerifyEd25519;
};

type Around = {
  readonly book: Book;
  readonly surroundings: Surroundings;
  readonly identity: OfflineIdentity;
  readonly settings: () => TerminalSettings;
  readonly hotlist: () => Hotlist;
  readonly emit: (event: TerminalEvent) => void;
};

/** A certificate is good for 60 s after its end by the other one's clock: then it is forgotten. */
const FRESH_MILLIS = 60_000;
/** How far stated time may be ahead of the trusted one before one of them must be wrong. */
const STATED_AHEAD_MILLIS = 60_000;

/** Sales that the terminal accepts by itself: judged, recorded, on the disk, and only then shown. */
export class OfflineDesk {
  constructor(private readonly around: Around) {}

  /** Why nothing is sold without a network now; undefined when it is. */
  refusal(): OfflineStop | undefined {
    return refuseToSellAlone(this.ground());
  }

  /** Rejects when the record cannot be kept: nothing was accepted then. */
  async sell(scan: string, amount: number | undefined): Promise<OfflineResult> {
    const { identity } = this.around;
    const ground = this.ground();
    const verdict = judgeOfflineSale(ground, { scan, amount }, identity.verify);
    if (verdict.kind === 'refused') {
      const { refusal } = verdict;
      return this.end({ outcome: 'refused_offline', refusal, message: wordsOf(refusal) });
    }
    if (verdict.kind === 'again') return this.end(this.accepted(verdict.sale, true));
    const sale = await this.record(verdict.code, verdict.amount, ground.now ?? 0);
    await this.keep(sale);
    return this.end(this.accepted(sale, false));
  }

  private ground(): OfflineGround {
    const { book, surroundings, settings, hotlist } = this.around;
    const { offline, statedAt } = book.data;
    const now = trustedNow(offline, surroundings);
    const isAhead = now === null || statedAt > now + STATED_AHEAD_MILLIS;
    return {
      settings: settings(),
      book: offline,
      hotlist: hotlist(),
      // The sale is judged by the instant that its record states.
      now: isAhead ? null : statedNow(book.data, now),
    };
  }

  private async record(
    code: ParsedSignedQr,
    amount: number,
    statedAt: number,
  ): Promise<OfflineSale> {
    const { book, surroundings, identity } = this.around;
    const { boot } = surroundings;
    const monotonic = Math.floor(surroundings.monotonic());
    const hotlist = this.around.hotlist();
    const { end } = book.data.offline;
    const { terminalId, keyId } = identity;
    const record: OfflineRecord = {
      terminalId,
      keyId,
      sequence: end.sequence + 1,
      previous: end.hash,
      orderNumber: makeOrderNumber(statedAt, surroundings.random(10)),
      saleSequence: book.data.sequence + 1,
      signedQr: code.code,
      amount,
      occurredAt: new Date(statedAt).toISOString(),
      monotonic,
      boot,
      hotlistVersion: hotlist.number,
      hotlistAt: new Date(hotlist.madeAt * 1000).toISOString(),
    };
    const text = writeOfflineRecord(record);
    const { sequence, orderNumber, saleSequence } = record;
    return {
      sequence,
      orderNumber,
      saleSequence,
      amount,
      reference: referenceOf(code),
      digits: code.code,
      counter: code.counter,
      until: code.certificate.notAfter * 1000 + FRESH_MILLIS,
      statedAt,
      record: text,
      signature: toBase64Url(await identity.sign(recordMessage(text))),
      end: keptEnd(chainEndOf(text, record, identity.sha256)),
    };
  }

  private async keep(sale: OfflineSale): Promise<void> {
    const { book } = this.around;
    const { end } = book.data.offline;
    try {
      await book.write({ type: 'accepted_offline', ...sale });
    } catch (error) {
      // Whatever the disk has of it is replaced by the next thing that can be written.
      const { sequence } = sale;
      await book.write({ type: 'withdrawn_offline', sequence, end }).catch(() => {});
      throw error;
    }
  }

  private accepted(
    {
      orderNumber,
      saleSequence,
      amount,
    }: Pick<OfflineSale, 'orderNumber' | 'saleSequence' | 'amount'>,
    again: boolean,
  ): OfflineResult {
    const short = shortNumber(this.around.settings().code, saleSequence);
    return { outcome: 'accepted_offline', orderNumber, shortNumber: short, amount, again };
  }

  private end(result: OfflineResult): OfflineResult {
    this.around.emit({ type: 'ended_offline', result });
    return result;
  }
}
