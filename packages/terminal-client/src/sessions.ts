import {
  makeOrderNumber,
  type ProgrammesAnswer,
  type ProgressAnswer,
  type ProgressRequest,
  type WireProgramme,
} from '@campus-paycode/terminal-protocol';
import { statedNow, type Book } from './terminal-book.js';
import type { Deliveries } from './delivery.js';
import type { QueuedProgress, RunningSession } from './session-book.js';
import type { ChannelAnswer } from './signed-channel.js';
import type { Surroundings } from './surroundings.js';
import type { SaleResult, TerminalEvent } from './terminal-events.js';

/** Where a session begins; everything else is as for a sale. */
export const SESSIONS_TARGET = '/v1/sessions';

type Around = {
  readonly book: Book;
  readonly deliveries: Deliveries;
  readonly surroundings: Surroundings;
  readonly serviceNow: () => number;
  readonly emit: (event: TerminalEvent) => void;
  readonly ask: <Body>(method: 'GET' | 'POST', target: string) => Promise<Body>;
  readonly sell: (code: string, programme: string | undefined) => Promise<SaleResult>;
};

/** What a metered device does: it starts for a code, says what is used, and ends. It forgets nothing of that. */
export class Sessions {
  constructor(private readonly around: Around) {}

  /** What can be chosen; none where the device sells by the unit. Throws TerminalProblem or NoAnswer. */
  async programmes(): Promise<readonly WireProgramme[]> {
    return (await this.around.ask<ProgrammesAnswer>('GET', '/v1/programmes')).programmes;
  }

  /** Give nothing before the outcome is `approved`. */
  start({ code, programme }: { code: string; programme?: string }): Promise<SaleResult> {
    return this.around.sell(code, programme);
  }

  /** After a power cut: for each of these read the meter, and `end` it. */
  running(): readonly RunningSession[] {
    return this.around.book.data.sessions.running;
  }

  /**
   * What was used so far, in thousandths of the unit; stop when the answer says so. Resolves after the first sending: null
   * when it was not heard, and is said again, or with the next report.
   */
  report(said: { orderNumber: string; reading: number }): Promise<ProgressAnswer | null> {
    return this.say(said.orderNumber, said.reading, false);
  }

  /** The last word: what was used in all. Said until it is heard. */
  end(said: { orderNumber: string; reading: number }): Promise<ProgressAnswer | null> {
    return this.say(said.orderNumber, said.reading, true);
  }

  /** What an earlier run of the program left unsaid. */
  resume(): void {
    for (const progress of this.around.book.data.sessions.waiting) this.deliver(progress, () => {});
  }

  private async say(
    orderNumber: string,
    reading: number,
    final: boolean,
  ): Promise<ProgressAnswer | null> {
    const { book, surroundings, serviceNow } = this.around;
    const session = this.running().find((running) => running.orderNumber === orderNumber);
    if (session === undefined) throw new Error(`no session ${orderNumber} is running`);
    if (session.ending) throw new Error(`session ${orderNumber} has ended`);
    if (!Number.isSafeInteger(reading) || reading < session.reading) {
      throw new RangeError('a reading is a whole number and never falls');
    }
    const statedAt = statedNow(book.data, serviceNow());
    const progressNumber = makeOrderNumber(statedAt, surroundings.random(10));
    const sequence = session.sequence + 1;
    const occurredAt = new Date(statedAt).toISOString();
    const request: ProgressRequest = { progressNumber, sequence, reading, final, occurredAt };
    const body = JSON.stringify(request);
    const progress = { progressNumber, orderNumber, sequence, reading, final, body, statedAt };
    await book.write({ type: 'progressing', ...progress });
    return new Promise((resolve) => {
      this.deliver(progress, resolve);
    });
  }

  private deliver(progress: QueuedProgress, tried: (answer: ProgressAnswer | null) => void): void {
    const { progressNumber, orderNumber, body } = progress;
    const { book } = this.around;
    const target = `${SESSIONS_TARGET}/${orderNumber}/progress`;
    const request = { method: 'POST' as const, target, body };
    const isWaiting = (): boolean =>
      book.data.sessions.waiting.some((waiting) => waiting.progressNumber === progressNumber);
    this.around.deliveries.start(`progress ${progressNumber}`, request, async (answer) => {
      const heard = isWaiting() ? readProgress(answer, progressNumber) : null;
      if (heard !== null) {
        const { captured, expiresAt, state } = heard;
        const isOver = state === 'ended';
        await book.write({
          type: 'progressed',
          progressNumber,
          orderNumber,
          captured,
          expiresAt,
          isOver,
        });
      } else if (isWaiting() && isFinal(answer)) {
        await this.giveUp(progress, answer.problem.code);
      }
      tried(heard);
      // One that a later report has overtaken is not said again.
      return !isWaiting();
    });
  }

  private async giveUp(
    { progressNumber, orderNumber, final }: QueuedProgress,
    code: string,
  ): Promise<void> {
    const { book, emit } = this.around;
    const isOver = final || code === 'session_unknown';
    await book.write({ type: 'progress_refused', progressNumber, orderNumber, code, isOver });
    const exception = { orderNumber, what: 'progress' as const, code };
    await book.write({ type: 'exception', exception, number: progressNumber });
    emit({ type: 'exception', exception });
  }
}

function readProgress(answer: ChannelAnswer, progressNumber: string): ProgressAnswer | null {
  if (answer.kind !== 'answer' || typeof answer.body !== 'object') return null;
  const body = answer.body as ProgressAnswer | null;
  return body?.progressNumber === progressNumber && Number.isSafeInteger(body.captured)
    ? body
    : null;
}

function isFinal(answer: ChannelAnswer): answer is Extract<ChannelAnswer, { kind: 'problem' }> {
  if (answer.kind !== 'problem') return false;
  const { status, retryable } = answer.problem;
  // A device whose key is refused today may be heard again tomorrow; the reading waits for it.
  return !retryable && status !== 401 && status !== 403;
}
