/** What sales without a network need of a service: an issuer of certificates, a hotlist, and a keeper of records. */
import { generateTerminalKey, sha256, type AnswerKey } from '@campus-paycode/terminal-client';
import { EMPTY_HOTLIST, makeCertificate, makeHotlist, makeSignedQr } from '@campus-paycode/paycode';
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
  type OfflineSettings,
} from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import type { Reply } from './played-wire.js';
import type { Seen } from './watch-body.js';

const SCHEME = 4_711;
const HOUR = 3_600;
const ISSUER = generateTerminalKey('ed25519');

/** A phone with one certificate: each time another signed QR. */
export type SignedPhone = { readonly reference: Uint8Array; show(): string };

type Kept = { readonly record: OfflineRecord; readonly text: string };

export class PlayedIssuer {
  /** In the order in which they came; each once. */
  readonly kept: Kept[] = [];
  /** What the next records are answered. */
  decision: 'captured' | 'quarantined' = 'captured';
  private end: ChainEnd = CHAIN_START;
  private hotlisted: Uint8Array[] = [];
  private hotlistNumber = 1;

  constructor(
    private readonly now: () => number,
    private readonly broken: Seen[],
    private readonly terminalKey: () => AnswerKey | undefined,
  ) {}

  settings(): OfflineSettings {
    const at = (hours: number) => new Date(this.now() + hours * HOUR * 1000).toISOString();
    const publicKey = toBase64Url(ISSUER.publicKey);
    return {
      scheme: SCHEME,
      issuerKeys: [{ keyId: 1, publicKey, notBefore: at(-1_000), notAfter: at(1_000) }],
      classes: [{ class: 1, perSale: 3_000, perCard: 6_000 }],
      perTerminal: { amount: 300_000, records: 200, hours: 2 },
      hotlistVersion: this.hotlistNumber,
    };
  }

  /** With `forged` the certificate is signed by nobody whom the settings name. */
  phone({ forged = false } = {}): SignedPhone {
    const key = generateTerminalKey('ed25519');
    const issuer = forged ? generateTerminalKey('ed25519') : ISSUER;
    const reference = randomBytes(8);
    const certificate = makeCertificate(
      {
        issuerKeyId: 1,
        scheme: SCHEME,
        reference,
        deviceKey: key.publicKey,
        notBefore: this.seconds() - HOUR,
        validityMinutes: 100 * 60,
        limitClass: 1,
        flags: 0,
      },
      (message) => issuer.sign(message),
    );
    let counter = 0;
    const show = () => {
      counter += 1;
      const qr = { certificate, codeTime: this.seconds(), counter };
      return makeSignedQr(qr, (message) => key.sign(message));
    };
    return { reference, show };
  }

  /** The next list refuses this phone. */
  refuse({ reference }: SignedPhone): void {
    this.hotlisted = [...this.hotlisted, reference].sort(Buffer.compare);
    this.hotlistNumber += 1;
  }

  hotlist(since: number): Reply {
    const number = this.hotlistNumber;
    const madeAt = this.seconds();
    const told = { number, madeAt: new Date(madeAt * 1000).toISOString() };
    if (since === number && since > 1) return { status: 200, body: { ...told, update: null } };
    const list = { number, madeAt, references: this.hotlisted };
    const input = { ...list, before: EMPTY_HOTLIST, issuerKeyId: 1, scheme: SCHEME };
    const update = makeHotlist(input, (message) => ISSUER.sign(message));
    return { status: 200, body: { ...told, update: toBase64Url(update) } };
  }

  take(json: Readonly<Record<string, unknown>>): Reply {
    const records = json['records'] as { record: string; signature: string }[];
    const decisions = records.map(({ record, signature }) => this.decide(record, signature));
    return { status: 200, body: { acknowledged: this.end.sequence, decisions } };
  }

  private decide(text: string, signature: string): object {
    const read = readOfflineRecord(text);
    if (!read.ok) {
      this.broken.push({ rule: 'R49', what: `${read.detail}: ${text}` });
      return { sequence: 0, orderNumber: null, decision: 'refused', reason: 'x', paymentId: null };
    }
    const { record } = read;
    const signed = fromBase64Url(signature) ?? new Uint8Array();
    const isOwn = this.terminalKey()?.verify(recordMessage(text), signed) === true;
    const fault = refuseInChain(this.end, record);
    const isKnown = this.kept.some((each) => each.text === text);
    if (!isOwn) this.broken.push({ rule: 'R50', what: 'a record is not signed by the terminal' });
    if (fault !== undefined && !isKnown) this.broken.push({ rule: 'R50', what: fault });
    if (!isKnown) {
      this.kept.push({ record, text });
      this.end = chainEndOf(text, record, sha256);
    }
    const { sequence, orderNumber, saleSequence } = record;
    const isPaid = this.decision === 'captured';
    return {
      sequence,
      orderNumber,
      shortNumber: shortNumber('B3', saleSequence),
      decision: this.decision,
      reason: isPaid ? null : 'record_gap',
      paymentId: isPaid ? String(9_000 + sequence) : null,
      message: { zh: '已入账', en: 'Settled' },
    };
  }

  private seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}
