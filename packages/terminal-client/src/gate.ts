import {
  makeOrderNumber,
  shortNumber,
  type Direction,
  type Instrument,
  type PassageAnswer,
  type PassageReport,
  type PassageRequest,
  type Problem,
} from '@campus-paycode/terminal-protocol';
import { readScan } from './sales-desk.js';
import { statedNow, type Book } from './terminal-book.js';
import { isFinalProblem, readFor } from './terminal-queue.js';
import type { Deliveries } from './delivery.js';
import type { OpenPassage, QueuedPassage } from './gate-book.js';
import type { Channel, ChannelAnswer } from './signed-channel.js';
import type { Surroundings } from './surroundings.js';
import type { TerminalEvent } from './terminal-events.js';

/** Whoever stands at a gate waits no longer than this; each sending has a part of it. */
const DEADLINE_MILLIS = 6_000;
const SENDING_MILLIS = 2_000;
const RETRY_MILLIS = 300;

type Scanned = { readonly orderNumber: string; readonly shortNumber: string };

/**
 * `unknown` means: no answer in time; the gate stays shut, and whatever was set aside is given back by itself.
 * @see Gate.passed
 */
export type PassResult =
  | (Scanned & {
      readonly outcome: 'open';
      readonly answer: PassageAnswer;
      /** Whether a sensor looks: then say `passed`, or it is not passed when its time is over. */
      readonly awaitsSensor: boolean;
      /** Resolves when the passage is over: whether somebody went through. */
      readonly ended: Promise<boolean>;
    })
  | (Scanned & { readonly outcome: 'declined'; readonly answer: PassageAnswer })
  | (Scanned & { readonly outcome: 'problem'; readonly problem: Problem })
  | (Scanned & { readonly outcome: 'unknown' });

type Around = {
  readonly book: Book;
  readonly channel: Channel;
  readonly deliveries: Deliveries;
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
  readonly emit: (event: TerminalEvent) => void;
  readonly terminalCode: () => string;
};

/**
 * A gate: it opens for an answer alone and for nobody without one, lets one person through at a time, and tells the service
 * what its sensor saw until that is acknowledged. What it did not see go through, a restart included, has not passed.
 */
export class Gate {
  private opened: { readonly orderNumber: string; over(isPassed: boolean): Promise<void> } | null =
    null;
  private busy = false;

  constructor(private readonly around: Around) {}

  /** What an earlier run of the program left behind: nobody was seen to go through. */
  async resume(): Promise<void> {
    const { book } = this.around;
    const { passage, waiting } = book.data.gate;
    for (const queued of waiting) this.report(queued);
    if (passage !== null) await this.seen({ orderNumber: passage.orderNumber, isPassed: false });
  }

  /** One scan, in either form of a phone's code. Rejects when the journal cannot be written, or while the gate is still open for somebody. */
  async pass(scan: { code: string; direction: Direction }): Promise<PassResult> {
    if (this.busy || this.around.book.data.gate.passage !== null)
      throw new Error('the gate is still open for somebody else');
    this.busy = true;
    try {
      const { book, emit } = this.around;
      const read = readScan(scan.code);
      const passage = this.draft(read.instrument, scan.direction);
      const { isOpened: _, ...scanned } = passage;
      await book.write({ type: 'scanned', ...scanned, ...read.presented });
      emit({ type: 'sent', ...this.namesOf(passage) });
      return await this.conclude(passage, await this.ask(passage));
    } finally {
      this.busy = false;
    }
  }

  /** The sensor saw somebody go through the open gate. Resolves when that is written down. */
  async passed(orderNumber: string): Promise<void> {
    if (this.opened?.orderNumber === orderNumber) await this.opened.over(true);
  }

  /** The gate is shut and nobody went through; it says so by itself when its time is over. */
  async notPassed(orderNumber: string): Promise<void> {
    if (this.opened?.orderNumber === orderNumber) await this.opened.over(false);
  }

  private draft(instrument: Instrument, direction: Direction): OpenPassage {
    const { book, channel, surroundings } = this.around;
    const statedAt = statedNow(book.data, channel.serviceNow());
    const orderNumber = makeOrderNumber(statedAt, surroundings.random(10));
    const sequence = book.data.sequence + 1;
    const request: PassageRequest = {
      orderNumber,
      sequence,
      instrument,
      direction,
      occurredAt: new Date(statedAt).toISOString(),
    };
    return { orderNumber, sequence, body: JSON.stringify(request), statedAt, isOpened: false };
  }

  /** Sends the same bytes until they are answered or the person has waited long enough. */
  private async ask({ body }: OpenPassage): Promise<ChannelAnswer> {
    const { channel, surroundings, signal } = this.around;
    const until = surroundings.now() + DEADLINE_MILLIS;
    for (;;) {
      const left = until - surroundings.now();
      const timeoutMillis = Math.min(SENDING_MILLIS, left);
      const request = { method: 'POST' as const, target: '/v1/passages', body };
      const answer = await channel.send({ ...request, timeoutMillis, signal });
      if (signal.aborted) throw new Error('the terminal was closed');
      const isEnd = answer.kind === 'answer' || isFinalFor(answer);
      if (isEnd || surroundings.now() + RETRY_MILLIS >= until) return answer;
      await new Promise<void>((resolve) => surroundings.after(RETRY_MILLIS, resolve));
    }
  }

  private async conclude(passage: OpenPassage, answer: ChannelAnswer): Promise<PassResult> {
    const { book, channel } = this.around;
    const { orderNumber } = passage;
    const names = this.namesOf(passage);
    const decided = readFor<PassageAnswer>(answer, 'orderNumber', orderNumber);
    if (decided?.verdict === 'declined' || (decided === null && isFinalFor(answer))) {
      await book.write({ type: 'stayed_shut', orderNumber });
      if (decided !== null) return { ...names, outcome: 'declined', answer: decided };
      if (answer.kind === 'problem')
        return { ...names, outcome: 'problem', problem: answer.problem };
    }
    const millis = Date.parse(decided?.expiresAt ?? '') - channel.serviceNow();
    // An answer that comes when its time is over opens nothing.
    if (decided === null || decided.state === 'voided' || !(millis > 0)) {
      await this.seen({ orderNumber, isPassed: false });
      return { ...names, outcome: 'unknown' };
    }
    return this.open(names, decided, millis);
  }

  private async open(
    names: Scanned,
    answer: PassageAnswer,
    millis: number,
  ): Promise<Extract<PassResult, { outcome: 'open' }>> {
    const { book, surroundings, emit } = this.around;
    const { orderNumber } = names;
    const awaitsSensor = answer.state === 'authorized';
    await book.write({ type: awaitsSensor ? 'opening' : 'stayed_shut', orderNumber });
    emit({ type: 'gate_open', orderNumber, expiresAt: answer.expiresAt ?? answer.decidedAt });
    if (!awaitsSensor)
      return { ...names, outcome: 'open', answer, awaitsSensor, ended: Promise.resolve(true) };
    const ended = new Promise<boolean>((resolve, reject) => {
      let isOver = false;
      const over = async (isPassed: boolean): Promise<void> => {
        if (isOver) return;
        isOver = true;
        cancel();
        this.opened = null;
        emit({ type: 'gate_shut', orderNumber, isPassed });
        try {
          await this.seen({ orderNumber, isPassed });
        } catch (error) {
          reject(error as Error);
          throw error;
        }
        resolve(isPassed);
      };
      const cancel = surroundings.after(millis, () => void over(false).catch(() => {}));
      this.opened = { orderNumber, over };
    });
    ended.catch(() => {});
    return { ...names, outcome: 'open', answer, awaitsSensor, ended };
  }

  /** Written down before it is told. */
  private async seen(queued: QueuedPassage): Promise<void> {
    await this.around.book.write({ type: 'seen', ...queued });
    this.report(queued);
  }

  private report({ orderNumber, isPassed }: QueuedPassage): void {
    const { book, deliveries, emit } = this.around;
    const word = isPassed ? 'passed' : 'not-passed';
    const target = `/v1/passages/${orderNumber}/${word}`;
    const request = { method: 'POST' as const, target, body: '' };
    deliveries.start(`passage ${orderNumber}`, request, async (answer) => {
      const told = readFor<PassageReport>(answer, 'orderNumber', orderNumber);
      if (told === null && !isFinalProblem(answer)) return false;
      await book.write({ type: 'passage_told', orderNumber });
      if (told !== null) emit({ type: 'passage_told', report: told });
      else if (answer.kind === 'problem') {
        const exception = { orderNumber, what: 'passage' as const, code: answer.problem.code };
        await book.write({ type: 'exception', exception, number: orderNumber });
        emit({ type: 'exception', exception });
      }
      return true;
    });
  }

  private namesOf({ orderNumber, sequence }: OpenPassage): Scanned {
    return { orderNumber, shortNumber: shortNumber(this.around.terminalCode(), sequence) };
  }
}

/** Asking again changes nothing. A wrong clock has been put right by the very answer. */
const isFinalFor = (answer: ChannelAnswer): boolean =>
  isFinalProblem(answer) &&
  answer.problem.effect !== 'unknown' &&
  answer.problem.code !== 'clock_off';
