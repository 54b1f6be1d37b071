import {
  MOST_RECORDS_AT_ONCE,
  type OfflineSaleAnswer,
  type OfflineSalesAnswer,
  type OfflineSalesRequest,
} from '@campus-paycode/terminal-protocol';
import type { Deliveries } from './delivery.js';
import type { ChannelAnswer } from './signed-channel.js';
import type { Book } from './terminal-book.js';
import type { OfflineSale } from './offline-book.js';
import type { TerminalEvent } from './terminal-events.js';

/**
 * Brings the records to the service, the oldest first, and forgets none before the service has
 * said what became of it.
 */
export class OfflineUpload {
  private running = false;

  constructor(
    private readonly book: Book,
    private readonly deliveries: Deliveries,
    private readonly emit: (event: TerminalEvent) => void,
  ) {}

  /** Begins, unless it is under way or there is nothing to say. */
  start(): void {
    const { waiting } = this.book.data.offline;
    const sent = waiting.slice(0, MOST_RECORDS_AT_ONCE);
    const [first] = sent;
    if (this.running || first === undefined) return;
    this.running = true;
    const records = sent.map(({ record, signature }) => ({ record, signature }));
    const body = JSON.stringify({ records } satisfies OfflineSalesRequest);
    const request = { method: 'POST' as const, target: '/v1/offline-sales', body };
    this.deliveries.start(`records ${first.sequence}`, request, async (answer) => {
      const heard = readAnswer(answer);
      if (heard === null) {
        await this.stopIfRefused(answer);
        return false;
      }
      return this.settle(sent, heard);
    });
  }

  private async settle(sent: readonly OfflineSale[], answer: OfflineSalesAnswer): Promise<boolean> {
    const decisions = ofRecords(sent, answer.decisions);
    await this.book.write({ type: 'settled_offline', answer: { ...answer, decisions } });
    for (const decision of decisions) {
      const sale = sent.find(({ orderNumber }) => orderNumber === decision.orderNumber);
      if (sale === undefined) continue;
      this.emit({ type: 'settled_offline', decision, amount: sale.amount });
    }
    const held = decisions.find(({ decision }) => decision === 'quarantined');
    if (held !== undefined) await this.stop(held.reason ?? 'quarantined');
    const [first] = sent;
    const [left] = this.book.data.offline.waiting;
    if (left !== undefined && left.sequence === first?.sequence) return false;
    this.running = false;
    this.start();
    return true;
  }

  /** A refusal that no repeating mends is for a person; the records stay, and are still sent. */
  private async stopIfRefused(answer: ChannelAnswer): Promise<void> {
    if (answer.kind !== 'problem') return;
    const { retryable, code } = answer.problem;
    if (!retryable) await this.stop(code);
  }

  private async stop(why: string): Promise<void> {
    if (this.book.data.offline.stopped !== null) return;
    await this.book.write({ type: 'stopped_offline', why });
    this.emit({ type: 'stopped_offline', why });
  }
}

/** The service cannot name a record that it could not read: it is the one that was sent in that place. */
function ofRecords(
  sent: readonly OfflineSale[],
  decisions: readonly OfflineSaleAnswer[],
): OfflineSaleAnswer[] {
  return decisions.map((decision, index) => {
    const { orderNumber = null } = sent[index] ?? {};
    return decision.orderNumber === null ? { ...decision, orderNumber } : decision;
  });
}

function readAnswer(answer: ChannelAnswer): OfflineSalesAnswer | null {
  if (answer.kind !== 'answer' || typeof answer.body !== 'object') return null;
  const body = answer.body as Partial<OfflineSalesAnswer> | null;
  if (!Number.isSafeInteger(body?.acknowledged) || !Array.isArray(body?.decisions)) return null;
  return body as OfflineSalesAnswer;
}
