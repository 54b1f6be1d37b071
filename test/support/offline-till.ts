/** A terminal without a network in the hands of a test: it signs records one after the other, also deliberately wrong. */
import {
  chainEndOf,
  CHAIN_START,
  previousOf,
  recordMessage,
  toBase64Url,
  writeOfflineRecord,
  type ChainEnd,
  type OfflineRecord,
  type SignedRecord,
} from '@campus-paycode/terminal-protocol';
import { createHash, randomUUID } from 'node:crypto';
import type { TestService } from './service.js';
import type { Answer, TestTerminal } from './test-terminal.js';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
/** Apart from what the terminal counts with a network. */
const firstSale = 5_000;

export type Decision = {
  readonly sequence: number;
  readonly orderNumber: string | null;
  readonly shortNumber: string | null;
  readonly decision: string;
  readonly reason: string | null;
  readonly paymentId: string | null;
};

export class OfflineTill {
  private boot = randomUUID();
  private readonly bootedAt: number;
  /** Where its records end: a test may set it back, as a restored image does. */
  end: ChainEnd = CHAIN_START;

  constructor(
    private readonly service: TestService,
    readonly terminal: TestTerminal,
  ) {
    this.bootedAt = service.clock.nowMs() - 3_600_000;
  }

  /** Takes a sale by itself, as it would be on its disk. */
  accept(signedQr: string, amount: number, changes: Partial<OfflineRecord> = {}): SignedRecord {
    const { service, terminal, end } = this;
    const now = service.clock.nowMs();
    const record: OfflineRecord = {
      terminalId: terminal.id.toString(),
      keyId: terminal.keyId,
      sequence: end.sequence + 1,
      previous: previousOf(end),
      orderNumber: terminal.number(),
      saleSequence: firstSale + end.sequence,
      signedQr,
      amount,
      occurredAt: new Date(now).toISOString(),
      monotonic: Math.floor(now - this.bootedAt),
      boot: this.boot,
      hotlistVersion: 0,
      hotlistAt: new Date(now).toISOString(),
      ...changes,
    };
    const text = writeOfflineRecord(record);
    this.end = chainEndOf(text, record, sha256);
    return this.sign(text);
  }

  sign(text: string): SignedRecord {
    return { record: text, signature: toBase64Url(this.terminal.key.sign(recordMessage(text))) };
  }

  upload(...records: SignedRecord[]): Promise<Answer> {
    return this.terminal.send('POST', '/v1/offline-sales', { records });
  }

  /** Brings records that must be taken in. */
  async bring(...records: SignedRecord[]): Promise<Decision[]> {
    const { status, text, body } = await this.upload(...records);
    if (status !== 200) throw new Error(text);
    return body['decisions'] as Decision[];
  }

  /** One sale, accepted and brought at once. */
  async sell(signedQr: string, amount: number, changes: Partial<OfflineRecord> = {}) {
    const [decision] = await this.bring(this.accept(signedQr, amount, changes));
    if (decision === undefined) throw new Error('Nothing was decided.');
    return decision;
  }
}
