import type {
  CaptureAnswer,
  ReversalAnswer,
  ReversalReason,
  ShiftAnswer,
} from '@campus-paycode/terminal-protocol';
import { TerminalProblem, type TerminalEvent } from './terminal-events.js';
import type { Deliveries } from './delivery.js';
import type { ChannelAnswer } from './signed-channel.js';
import type { Book, QueuedCapture, QueuedReversal } from './terminal-book.js';

/** Reversals, captures and the shift's end: written down first, then said until acknowledged. */
export class TerminalQueue {
  constructor(
    private readonly book: Book,
    private readonly deliveries: Deliveries,
    private readonly emit: (event: TerminalEvent) => void,
  ) {}

  /** What an earlier run of the program left behind. */
  resume(): void {
    for (const reversal of this.book.data.reversals) this.deliverReversal(reversal, () => {});
    for (const capture of this.book.data.captures)
      void this.deliverCapture(capture).catch(() => {});
    const { shiftClosing } = this.book.data;
    if (shiftClosing !== null) void this.deliverShift(shiftClosing).catch(() => {});
  }

  /** Resolves after the first sending: with the answer, or null when it stays queued. */
  async reverse(
    orderNumber: string,
    reason: ReversalReason,
    counted: boolean,
  ): Promise<ReversalAnswer | null> {
    const reversal = { orderNumber, reason, counted };
    await this.book.write({ type: 'reversing', ...reversal });
    this.emit({ type: 'reversing', orderNumber });
    return new Promise((resolve) => {
      this.deliverReversal(reversal, resolve);
    });
  }

  private deliverReversal(
    { orderNumber, reason }: QueuedReversal,
    tried: (answer: ReversalAnswer | null) => void,
  ): void {
    const target = `/v1/payments/${orderNumber}/reversal`;
    const request = { method: 'POST' as const, target, body: JSON.stringify({ reason }) };
    const started = this.deliveries.start(`reversal ${orderNumber}`, request, async (answer) => {
      const acknowledged = readFor<ReversalAnswer>(answer, 'orderNumber', orderNumber);
      if (acknowledged !== null) {
        await this.book.write({ type: 'reversed', answer: acknowledged });
        this.emit({ type: 'reversed', answer: acknowledged });
        tried(acknowledged);
        return true;
      }
      const tooLate = answer.kind === 'problem' && answer.problem.code === 'reversal_too_late';
      if (tooLate) await this.giveUp('reversal', orderNumber, orderNumber, answer.problem.code);
      tried(null);
      return tooLate;
    });
    if (!started) tried(null);
  }

  /** Resolves with the service's answer, however long that takes; rejects with its refusal. */
  async capture(capture: QueuedCapture): Promise<CaptureAnswer> {
    await this.book.write({ type: 'capturing', ...capture });
    return this.deliverCapture(capture);
  }

  private deliverCapture(capture: QueuedCapture): Promise<CaptureAnswer> {
    const { captureNumber, orderNumber, body } = capture;
    const target = `/v1/payments/${orderNumber}/captures`;
    return new Promise((resolve, reject) => {
      const request = { method: 'POST' as const, target, body };
      this.deliveries.start(`capture ${captureNumber}`, request, async (answer) => {
        const done = readFor<CaptureAnswer>(answer, 'captureNumber', captureNumber);
        if (done !== null) {
          const holdEnded = done.state !== 'held';
          await this.book.write({ type: 'captured', captureNumber, holdEnded });
          resolve(done);
          return true;
        }
        if (!isFinalProblem(answer)) return false;
        await this.giveUp('capture', orderNumber, captureNumber, answer.problem.code);
        reject(new TerminalProblem(answer.problem));
        return true;
      });
    });
  }

  async closeShift(body: string, closedAt: string): Promise<ShiftAnswer> {
    await this.book.write({ type: 'shift_closing', body, closedAt });
    return this.deliverShift(body);
  }

  private deliverShift(body: string): Promise<ShiftAnswer> {
    const { shiftNumber } = JSON.parse(body) as { shiftNumber: string };
    return new Promise((resolve, reject) => {
      const request = { method: 'POST' as const, target: '/v1/shifts', body };
      this.deliveries.start(`shift ${shiftNumber}`, request, async (answer) => {
        const done = readFor<ShiftAnswer>(answer, 'shiftNumber', shiftNumber);
        if (done === null && !isFinalProblem(answer)) return false;
        await this.book.write({ type: 'shift_closed' });
        if (done !== null) resolve(done);
        else if (answer.kind === 'problem') reject(new TerminalProblem(answer.problem));
        return true;
      });
    });
  }

  private async giveUp(
    what: 'reversal' | 'capture',
    orderNumber: string,
    number: string,
    code: string,
  ): Promise<void> {
    const exception = { orderNumber, what, code };
    await this.book.write({ type: 'exception', exception, number });
    this.emit({ type: 'exception', exception });
  }
}

/** The answer's body when it is about the number that was asked about. */
export function readFor<Body>(
  answer: ChannelAnswer,
  field: keyof Body,
  number: string,
): Body | null {
  if (answer.kind !== 'answer' || typeof answer.body !== 'object') return null;
  const body = answer.body as Body | null;
  return body?.[field] === number ? body : null;
}

export function isFinalProblem(
  answer: ChannelAnswer,
): answer is Extract<ChannelAnswer, { kind: 'problem' }> {
  if (answer.kind !== 'problem') return false;
  const { status, retryable } = answer.problem;
  // A terminal whose key is refused today may be heard again tomorrow; the money waits for it.
  return !retryable && status !== 401 && status !== 403;
}
