import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  EMPTY_HOTLIST,
  makeCertificate,
  makeHotlist,
  makeSignedQr,
  type Hotlist,
} from '@campus-paycode/paycode';
import {
  CHAIN_START,
  chainEndOf,
  fromBase64Url,
  readOfflineRecord,
  recordMessage,
  refuseInChain,
  shortNumber,
  toBase64Url,
  type ChainEnd,
  type OfflineRecord,
  type OfflineSaleAnswer,
  type OfflineSalesAnswer,
  type OfflineSalesRequest,
  type OfflineSettings,
} from '@campus-paycode/terminal-protocol';
import { sha256, type AnswerKey } from '../node-keys.js';

const SCHEME = 4711;
const HOUR = 3_600;

function rawPublic(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-32));
}

/** A phone with one certificate, which shows a signed QR at any time. */
export class OfflinePhone {
  private counter = 0;
  constructor(
    readonly reference: Uint8Array,
    private readonly certificate: Uint8Array,
    private readonly key: KeyObject,
  ) {}

  show(codeTime: number, counter = (this.counter += 1)): string {
    const { certificate } = this;
    return makeSignedQr({ certificate, codeTime, counter }, (message) =>
      sign(null, message, this.key),
    );
  }
}

/**
 * The half of a service that sales without a network need: an issuer, a hotlist, and a keeper of
 * records that judges each chain by the rules of the protocol and calls everything genuine captured.
 */
export class OfflineCampus {
  private readonly issuer = generateKeyPairSync('ed25519');
  private hotlist: Hotlist = EMPTY_HOTLIST;
  end: ChainEnd = CHAIN_START;
  readonly kept: { record: OfflineRecord; text: string; answer: OfflineSaleAnswer }[] = [];
  /** Whose signatures the records have to carry; undefined takes every one for good. */
  terminalKey?: AnswerKey;

  constructor(private readonly now: () => number) {}

  settings(changes: Partial<OfflineSettings> = {}): OfflineSettings {
    const at = (hours: number) => new Date(this.now() + hours * HOUR * 1000).toISOString();
    const publicKey = toBase64Url(rawPublic(this.issuer.publicKey));
    return {
      scheme: SCHEME,
      issuerKeys: [{ keyId: 1, publicKey, notBefore: at(-1000), notAfter: at(1000) }],
      classes: [{ class: 1, perSale: 3000, perCard: 6000 }],
      perTerminal: { amount: 300_000, records: 200, hours: 24 },
      hotlistVersion: this.hotlist.number,
      ...changes,
    };
  }

  phone(limitClass = 1): OfflinePhone {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const reference = randomBytes(8);
    const certificate = makeCertificate(
      {
        issuerKeyId: 1,
        scheme: SCHEME,
        reference,
        deviceKey: rawPublic(publicKey),
        notBefore: this.seconds() - HOUR,
        validityMinutes: 100 * 60,
        limitClass,
        flags: 0,
      },
      (message) => sign(null, message, this.issuer.privateKey),
    );
    return new OfflinePhone(reference, certificate, privateKey);
  }

  /** The next list, whole, as the answer to a terminal that asks. */
  makeList(references: readonly Uint8Array[] = []): { number: number; update: string } {
    const number = this.hotlist.number + 1;
    const list = { number, madeAt: this.seconds(), references };
    const input = { ...list, before: EMPTY_HOTLIST, issuerKeyId: 1, scheme: SCHEME };
    const update = makeHotlist(input, (message) => sign(null, message, this.issuer.privateKey));
    this.hotlist = list;
    return { number, update: toBase64Url(update) };
  }

  take(body: string): OfflineSalesAnswer {
    const { records } = JSON.parse(body) as OfflineSalesRequest;
    const decisions = records.map(({ record: text, signature }) => this.decide(text, signature));
    return { acknowledged: this.end.sequence, decisions };
  }

  private decide(text: string, signature: string): OfflineSaleAnswer {
    const read = readOfflineRecord(text);
    if (!read.ok) throw new Error(read.detail);
    const { record } = read;
    const signed = fromBase64Url(signature) ?? new Uint8Array();
    const isSigned = this.terminalKey?.verify(recordMessage(text), signed) ?? true;
    if (!isSigned) throw new Error('a record is not signed by its terminal');
    const fault = refuseInChain(this.end, record);
    const known = this.kept.find((each) => each.text === text);
    if (fault === 'record_repeated' && known !== undefined) return known.answer;
    const { sequence, orderNumber, saleSequence } = record;
    const answer: OfflineSaleAnswer = {
      sequence,
      orderNumber,
      shortNumber: shortNumber('B3', saleSequence),
      decision: fault === undefined ? 'captured' : 'quarantined',
      reason: fault === 'record_repeated' ? 'record_rewritten' : (fault ?? null),
      paymentId: fault === undefined ? String(sequence) : null,
      message: { zh: fault ?? '支付成功', en: fault ?? 'Paid' },
    };
    this.kept.push({ record, text, answer });
    // What does not follow is where the chain goes on, once people have let it.
    if (fault === undefined || fault === 'record_repeated')
      this.end = chainEndOf(text, record, sha256);
    return answer;
  }

  private seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}
