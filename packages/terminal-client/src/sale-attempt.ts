import type { PaymentAnswer, Problem } from '@campus-paycode/terminal-protocol';
import type { Channel, ChannelAnswer } from './signed-channel.js';
import type { Surroundings } from './surroundings.js';
import type { OpenSale } from './terminal-book.js';

/** With no answer after this long, the terminal starts asking again. */
export const FIRST_WAIT_MILLIS = 2_500;
/** The waits before each further sending of the same bytes; the last one repeats. */
export const QUERY_GAPS_MILLIS = [500, 1_000, 2_000, 3_000] as const;
/** Counted from the scan: with no verdict by then, the sale is reversed. */
export const DEADLINE_MILLIS = 10_000;

export type SaleEnd =
  | { readonly kind: 'answer'; readonly answer: PaymentAnswer }
  /** In doubt: an earlier sending went unanswered, and may have been decided. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly inDoubt: boolean }
  | { readonly kind: 'unknown' };

type Surround = {
  readonly channel: Channel;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  /** Called once, when the screen has to say "checking, do not pay again". */
  readonly onChecking: () => void;
};

/**
 * One sale from its first sending to a verdict, or to the deadline. To ask again is to send the
 * same bytes again: the service answers an order number it knows with the stored verdict.
 */
export class SaleAttempt {
  sendings = 0;
  private readonly done: Promise<SaleEnd>;
  private settle: (end: SaleEnd | null) => void = () => {};
  private readonly stopSending = new AbortController();
  private cancelTimer: () => void = () => {};
  private ended = false;
  private inFlight = 0;
  /** Sendings of which nobody has said that they changed nothing. */
  private unsure = 0;
  private checking = false;
  private clockCorrected = false;
  private notBefore = 0;

  constructor(
    private readonly sale: OpenSale,
    private readonly around: Surround,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.settle = (end) => {
        if (end === null) reject(new Error('the terminal was closed'));
        else resolve(end);
      };
    });
  }

  /** A resumed sale was sent by an earlier run of the program: it begins with asking again. */
  async run({ resumed }: { resumed: boolean }): Promise<SaleEnd> {
    const { surroundings, signal } = this.around;
    const elapsed = surroundings.now() - this.sale.startedAt;
    // A clock that went back says nothing about the time since the scan: assume too long.
    const left = elapsed < 0 ? 0 : DEADLINE_MILLIS - elapsed;
    if (left <= 0) return { kind: 'unknown' };
    const stopped = () => {
      this.end(null);
    };
    signal.addEventListener('abort', stopped);
    const cancelDeadline = surroundings.after(left, () => {
      this.end({ kind: 'unknown' });
    });
    if (resumed) this.unsure = 1;
    if (resumed) this.check();
    else this.begin();
    try {
      return await this.done;
    } finally {
      cancelDeadline();
      this.cancelTimer();
      signal.removeEventListener('abort', stopped);
    }
  }

  private begin(): void {
    this.cancelTimer = this.around.surroundings.after(FIRST_WAIT_MILLIS, () => {
      this.check();
    });
    void this.send();
  }

  private check(): void {
    if (this.checking || this.ended) return;
    this.checking = true;
    this.cancelTimer();
    this.around.onChecking();
    this.schedule(0);
  }

  /** An earlier sending may still be answered; the timetable does not wait for it. */
  private schedule(step: number): void {
    const gap = QUERY_GAPS_MILLIS[Math.min(step, QUERY_GAPS_MILLIS.length - 1)] ?? 0;
    const wait = Math.max(gap, this.notBefore - this.around.surroundings.now());
    this.cancelTimer = this.around.surroundings.after(wait, () => {
      void this.send();
      this.schedule(step + 1);
    });
  }

  private async send(): Promise<void> {
    this.sendings += 1;
    this.inFlight += 1;
    this.unsure += 1;
    const answer = await this.around.channel.send({
      method: 'POST',
      target: this.sale.target ?? '/v1/payments',
      body: this.sale.body,
      timeoutMillis: DEADLINE_MILLIS,
      signal: this.stopSending.signal,
    });
    this.inFlight -= 1;
    if (!this.ended) this.receive(answer);
  }

  private receive(answer: ChannelAnswer): void {
    if (answer.kind === 'answer' && isPaymentAnswer(answer.body, this.sale.orderNumber)) {
      this.end({ kind: 'answer', answer: answer.body });
      return;
    }
    if (answer.kind === 'problem') {
      const { problem, retryAfterMillis } = answer;
      if (problem.effect === 'none') this.unsure -= 1;
      if (problem.code === 'clock_off' && !this.clockCorrected) {
        // The answer has just told the right time: the same bytes under a fresh signature.
        this.clockCorrected = true;
        void this.send();
        return;
      }
      if (!problem.retryable && problem.effect !== 'unknown') {
        this.end({ kind: 'problem', problem, inDoubt: this.unsure > 0 });
        return;
      }
      this.notBefore = this.around.surroundings.now() + retryAfterMillis;
    }
    this.check();
  }

  private end(end: SaleEnd | null): void {
    if (this.ended) return;
    this.ended = true;
    if (this.inFlight > 0) this.stopSending.abort();
    this.settle(end);
  }
}

const VERDICTS = new Set<unknown>(['approved', 'declined', 'pending']);

export function isPaymentAnswer(body: unknown, orderNumber: string): body is PaymentAnswer {
  if (typeof body !== 'object' || body === null) return false;
  const answer = body as Partial<PaymentAnswer>;
  return (
    answer.orderNumber === orderNumber &&
    VERDICTS.has(answer.verdict) &&
    Number.isSafeInteger(answer.amount) &&
    Number.isSafeInteger(answer.captured)
  );
}
