import type {
  MeterReading,
  MeterReadingsAnswer,
  MeterReadingsRequest,
} from '@campus-paycode/terminal-protocol';
import type { Deliveries } from './delivery.js';
import type { ChannelAnswer } from './signed-channel.js';
import type { Book } from './terminal-book.js';
import type { TerminalEvent } from './terminal-events.js';

/** As many as the service takes at a time. */
const BATCH_MAX = 200;
const LARGEST = 4_294_967_295;

type Around = {
  readonly book: Book;
  readonly deliveries: Deliveries;
  readonly emit: (event: TerminalEvent) => void;
};

/** What a terminal that reads meters brings: stored before it is sent, and said until it is answered. */
export class Readings {
  private isSending = false;

  constructor(private readonly around: Around) {}

  /** What waits to be told. */
  waiting(): readonly MeterReading[] {
    return this.around.book.data.readings.waiting;
  }

  /**
   * Whole watt-hours or liters, and when the meters showed them; the oldest of a meter first. Resolves when they are
   * stored: what becomes of each is told by the event `readings_settled`.
   */
  async send(readings: readonly MeterReading[]): Promise<void> {
    for (const { meterNumber, reading, takenAt } of readings) {
      const isMeter = Number.isInteger(meterNumber) && meterNumber > 0 && meterNumber <= LARGEST;
      if (!isMeter || !Number.isSafeInteger(reading) || reading < 0)
        throw new RangeError('a meter has a number, and shows a whole number from 0');
      if (Number.isNaN(Date.parse(takenAt))) throw new RangeError('takenAt is no instant');
    }
    if (readings.length === 0) return;
    await this.around.book.write({ type: 'meters_read', readings });
    this.resume();
  }

  /** What an earlier run of the program left unsaid. */
  resume(): void {
    const batch = this.waiting().slice(0, BATCH_MAX);
    if (this.isSending || batch.length === 0) return;
    this.isSending = true;
    const [{ meterNumber, takenAt } = { meterNumber: 0, takenAt: '' }] = batch;
    const request: MeterReadingsRequest = { readings: batch };
    this.around.deliveries.start(
      `readings ${meterNumber} ${takenAt}`,
      { method: 'POST', target: '/v1/meter-readings', body: JSON.stringify(request) },
      async (answer) => {
        let isSettled = true;
        try {
          isSettled = await this.settle(batch, answer);
        } finally {
          this.isSending = !isSettled;
        }
        this.resume();
        return isSettled;
      },
    );
  }

  private async settle(batch: readonly MeterReading[], answer: ChannelAnswer): Promise<boolean> {
    const { book, emit } = this.around;
    const heard = readAnswer(answer, batch.length);
    if (heard !== null) {
      await book.write({ type: 'readings_settled', readings: batch });
      emit({ type: 'readings_settled', readings: heard.readings });
      return true;
    }
    if (!isFinal(answer)) return false;
    // What the service refuses as a whole has nothing that it would ever take.
    const { code } = answer.problem;
    const orderNumber = `${batch[0]?.meterNumber ?? ''}`;
    const exception = { orderNumber, what: 'readings' as const, code };
    await book.write({ type: 'exception', exception, number: '' });
    await book.write({ type: 'readings_settled', readings: batch });
    emit({ type: 'exception', exception });
    return true;
  }
}

function readAnswer(answer: ChannelAnswer, count: number): MeterReadingsAnswer | null {
  if (answer.kind !== 'answer' || typeof answer.body !== 'object') return null;
  const body = answer.body as Partial<MeterReadingsAnswer> | null;
  return Array.isArray(body?.readings) && body.readings.length === count
    ? (body as MeterReadingsAnswer)
    : null;
}

function isFinal(answer: ChannelAnswer): answer is Extract<ChannelAnswer, { kind: 'problem' }> {
  if (answer.kind !== 'problem') return false;
  const { status, retryable } = answer.problem;
  // A terminal whose key is refused today may be heard again tomorrow; the readings wait for it.
  return !retryable && status !== 401 && status !== 403;
}
