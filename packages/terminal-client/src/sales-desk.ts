import { FRESH_SECONDS, parseScan } from '@campus-paycode/paycode';
import {
  makeOrderNumber,
  shortNumber,
  toBase64Url,
  type Instrument,
  type PaymentAnswer,
  type PaymentRequest,
  type SessionRequest,
} from '@campus-paycode/terminal-protocol';
import { SaleAttempt, isPaymentAnswer, type SaleEnd } from './sale-attempt.js';
import { statedNow } from './terminal-book.js';
import type { SaleResult, Scan, TerminalEvent } from './terminal-events.js';
import type { Channel } from './signed-channel.js';
import type { Surroundings } from './surroundings.js';
import type { Book, OpenSale, PresentedCode } from './terminal-book.js';
import type { TerminalQueue } from './terminal-queue.js';

const PENDING_POLL_MILLIS = 2_000;
const PENDING_GRACE_MILLIS = 5_000;
const WORD_WAIT_MILLIS = 5_000;

type Around = {
  readonly book: Book;
  readonly channel: Channel;
  readonly queue: TerminalQueue;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  readonly emit: (event: TerminalEvent) => void;
  /** The terminal's code, the first part of every short number. */
  readonly terminalCode: () => string;
};

/** One sale at a time, from the scan to a result that is written down before it is shown. */
export class SalesDesk {
  /** Ends the pause between two looks at a pending sale. */
  private hurry: () => void = () => {};
  private isWithdrawn = false;

  constructor(private readonly around: Around) {}

  /** A session is begun as a sale is made, at a route of its own. */
  async begin(target: string, code: string, programme: string | undefined): Promise<SaleResult> {
    return this.make(code, programme === undefined ? {} : { programme }, { target });
  }

  /** @param orderNumber of an order that came before the sale; every other sale makes its own. */
  pay(scan: Scan, orderNumber?: string): Promise<SaleResult> {
    const presented = 'code' in scan ? scan.code : scan.instrument;
    return this.sell(presented, scan.amount, orderNumber);
  }

  /** @param scan what a scanner gave, or what pays without a phone. */
  async sell(
    scan: string | Instrument,
    amount: number | undefined,
    orderNumber?: string,
  ): Promise<SaleResult> {
    const under = orderNumber === undefined ? {} : { orderNumber };
    return this.make(scan, amount === undefined ? {} : { amount }, under);
  }

  private async make(
    scan: string | Instrument,
    what: Pick<PaymentRequest, 'amount'> | Pick<SessionRequest, 'programme'>,
    { target, ...ordered }: { readonly target?: string; readonly orderNumber?: string } = {},
  ): Promise<SaleResult> {
    const { book, surroundings, channel, emit } = this.around;
    const startedAt = surroundings.now();
    const statedAt = statedNow(book.data, channel.serviceNow());
    const orderNumber = ordered.orderNumber ?? makeOrderNumber(statedAt, surroundings.random(10));
    const sequence = book.data.sequence + 1;
    const { instrument, presented } =
      typeof scan === 'string' ? readScan(scan) : { instrument: scan, presented: {} };
    const request: PaymentRequest | SessionRequest = {
      orderNumber,
      sequence,
      instrument,
      ...what,
      occurredAt: new Date(statedAt).toISOString(),
    };
    const body = JSON.stringify(request);
    const at = target === undefined ? {} : { target };
    const sale = { orderNumber, sequence, body, startedAt, statedAt, ...presented, ...at };
    await book.write({ type: 'sent', ...sale });
    emit({ type: 'sent', orderNumber, shortNumber: this.shortNumberOf(sale) });
    return this.finish(sale, false);
  }

  /** Ends the sale that an earlier run of the program left open. */
  async resume(): Promise<void> {
    const { sale, pendingUntil } = this.around.book.data;
    if (sale === null) return;
    if (pendingUntil === null) await this.finish(sale, true);
    else await this.conclude(sale, await this.awaitDecision(sale, pendingUntil), 0);
  }

  /**
   * The cashier's word about the sale that waits for it; its end is told as that of every sale.
   * @returns whether the service took it; otherwise the sale goes on waiting, or has ended.
   */
  async confirm(decision: 'confirm' | 'refuse'): Promise<boolean> {
    const { book, channel, signal } = this.around;
    const { sale, pendingUntil } = book.data;
    if (sale === null || pendingUntil === null) return false;
    const answer = await channel.send({
      method: 'POST',
      target: `/v1/payments/${sale.orderNumber}/confirmation`,
      body: JSON.stringify({ decision }),
      timeoutMillis: WORD_WAIT_MILLIS,
      signal,
    });
    this.hurry();
    return answer.kind === 'answer';
  }

  /** What a pending sale waits for may have come: look now. */
  look(): void {
    this.hurry();
  }

  /** Nobody waits any longer for the word that a pending sale needs: it is reversed as at its deadline. */
  withdraw(): void {
    this.isWithdrawn = true;
    this.hurry();
  }

  private async finish(sale: OpenSale, resumed: boolean): Promise<SaleResult> {
    const { orderNumber } = sale;
    const { emit, book } = this.around;
    const onChecking = () => {
      emit({ type: 'checking', orderNumber, shortNumber: this.shortNumberOf(sale) });
    };
    const attempt = new SaleAttempt(sale, { ...this.around, onChecking });
    let end = await attempt.run({ resumed });
    if (end.kind === 'answer' && end.answer.verdict === 'pending') {
      const expiresAt = end.answer.expiresAt ?? end.answer.decidedAt;
      await book.write({ type: 'pending', orderNumber, expiresAt });
      emit({ type: 'pending', orderNumber, expiresAt, awaits: end.answer.awaits ?? null });
      end = await this.awaitDecision(sale, expiresAt);
    }
    return this.conclude(sale, end, attempt.sendings);
  }

  private async conclude(sale: OpenSale, end: SaleEnd, sendings: number): Promise<SaleResult> {
    const result = await this.record(sale, end, sendings);
    this.around.emit({ type: 'ended', result });
    return result;
  }

  private async record(sale: OpenSale, end: SaleEnd, sendings: number): Promise<SaleResult> {
    const { orderNumber } = sale;
    const { book, queue } = this.around;
    const told = () => ({
      orderNumber,
      shortNumber: this.shortNumberOf(sale),
      sendings,
      elapsedMillis: this.around.surroundings.now() - sale.startedAt,
    });
    if (end.kind === 'unknown' || (end.kind === 'problem' && mayHaveSold(end))) {
      const reversal = await queue.reverse(orderNumber, 'timeout', false);
      if (reversal === null) return { ...told(), outcome: 'reversing' };
      return { ...told(), outcome: 'reversed', reversal };
    }
    if (end.kind === 'problem') {
      const { code } = end.problem;
      await book.write({ type: 'refused', orderNumber, code });
      if (code === 'order_number_reversed') {
        return { ...told(), outcome: 'reversed', reversal: null };
      }
      return { ...told(), outcome: 'problem', problem: end.problem };
    }
    const { answer } = end;
    await book.write({ type: 'decided', answer });
    // Asked for again, a sale may have been taken back, or its hold have ended, in the meantime.
    if (answer.state === 'reversed' || answer.state === 'released') {
      return { ...told(), outcome: 'reversed', reversal: null };
    }
    return { ...told(), outcome: outcomeOf(answer), answer };
  }

  /** Asks every 2 s until the sale is decided, or its time and 5 s more have passed. */
  private async awaitDecision(sale: OpenSale, expiresAt: string): Promise<SaleEnd> {
    const { channel, signal } = this.around;
    const until = Date.parse(expiresAt) + PENDING_GRACE_MILLIS;
    this.isWithdrawn = false;
    while (!signal.aborted && !this.isWithdrawn && channel.serviceNow() < until) {
      await this.pause(Math.min(PENDING_POLL_MILLIS, until - channel.serviceNow()));
      const asking =
        sale.target === undefined
          ? { method: 'GET' as const, target: `/v1/payments/${sale.orderNumber}`, body: '' }
          : { method: 'POST' as const, target: sale.target, body: sale.body };
      const found = await channel.send({
        ...asking,
        timeoutMillis: PENDING_POLL_MILLIS,
        signal,
      });
      if (found.kind !== 'answer' || !isPaymentAnswer(found.body, sale.orderNumber)) continue;
      if (found.body.verdict !== 'pending') return { kind: 'answer', answer: found.body };
    }
    if (signal.aborted) throw new Error('the terminal was closed');
    return { kind: 'unknown' };
  }

  private pause(millis: number): Promise<void> {
    const { surroundings, signal } = this.around;
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = surroundings.after(millis, wake);
      this.hurry = wake;
      signal.addEventListener('abort', wake);
    });
  }

  private shortNumberOf({ sequence }: OpenSale): string {
    return shortNumber(this.around.terminalCode(), sequence);
  }
}

/** How a scan is presented; whether it is any good, the service says. */
export function readScan(scan: string): {
  readonly instrument: Instrument;
  readonly presented: { readonly presented?: PresentedCode };
} {
  const prefix = scan.slice(0, 2);
  const code = parseScan(scan, prefix);
  if (!code.ok || code.form !== 'signed') {
    return { instrument: { type: 'code', code: scan }, presented: {} };
  }
  const { certificate, code: digits, counter } = code;
  const reference = toBase64Url(certificate.reference);
  const until = (certificate.notAfter + FRESH_SECONDS) * 1000;
  return {
    instrument: { type: 'signed_qr', text: digits },
    presented: { presented: { reference, digits, counter, until } },
  };
}

/** The problem says what became of this sending; an earlier one may have been approved. */
function mayHaveSold({ problem, inDoubt }: Extract<SaleEnd, { kind: 'problem' }>): boolean {
  return inDoubt && !problem.code.startsWith('order_number_');
}

function outcomeOf({ verdict }: PaymentAnswer): 'approved' | 'declined' {
  return verdict === 'approved' ? 'approved' : 'declined';
}
